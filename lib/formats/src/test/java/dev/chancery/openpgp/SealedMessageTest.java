// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/// What is sealed opens with its passphrase and with no other; gpg opens it too, which the rehearsal asks.
class SealedMessageTest {
    private static final byte[] PASSPHRASE = "correct horse é".getBytes(StandardCharsets.UTF_8);
    private static final Bytes CONTENT = Bytes.of("revoked\n".getBytes(StandardCharsets.US_ASCII));
    private static final Bytes SEALED = sealed(CONTENT);

    @Test
    void opensWithItsPassphrase() {
        assertEquals(CONTENT, SealedMessage.open(SEALED, PASSPHRASE));
    }

    @Test
    void opensWithNoOther() {
        for (int i = 0; i < 5; i++) {
            byte[] wrong = ("wrong " + i).getBytes(StandardCharsets.UTF_8);
            var refusal = assertThrows(RefusedException.class, () -> SealedMessage.open(SEALED, wrong));
            assertEquals("escrow-passphrase", refusal.rule());
        }
    }

    @Test
    void isRefusedWhenItWasChanged() {
        byte[] octets = SEALED.toArray();
        octets[octets.length - 1] ^= 1;
        assertThrows(RefusedException.class, () -> SealedMessage.open(Bytes.of(octets), PASSPHRASE));
    }

    @Test
    void somethingElseIsMalformed() {
        for (var wrong : new byte[][] {{}, {1, 2, 3}, "text".getBytes(StandardCharsets.US_ASCII)}) {
            assertThrows(MalformedException.class, () -> SealedMessage.open(Bytes.of(wrong), PASSPHRASE));
        }
    }

    @Test
    void takesAMebibyteAndNoMore() {
        var most = Bytes.of(new byte[SealedMessage.CONTENT_BYTES_MAX]);
        assertEquals(most, SealedMessage.open(sealed(most), PASSPHRASE));
        var more = sealed(Bytes.of(new byte[SealedMessage.CONTENT_BYTES_MAX + 1]));
        assertThrows(MalformedException.class, () -> SealedMessage.open(more, PASSPHRASE));
    }

    private static Bytes sealed(Bytes content) {
        var making = new SealedMessage.Making(SealedMessage.Stretching.CHOSEN, MemoryKey.CREATED, new SecureRandom());
        return SealedMessage.seal(content, PASSPHRASE, making);
    }
}
