// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyTest {
    private static final Instant CREATED = Instant.parse("2026-11-21T12:00:00Z");

    private static Key key(Instant created, Optional<Instant> expires) {
        return new Key(
                new Authority("qa"),
                new FormatName("raw"),
                KeyPurpose.SIGN,
                created,
                expires,
                Optional.empty(),
                PublicKey.ed25519(new byte[32]));
    }

    @Test
    void timesAreWholeSecondsThatOpenPgpCanHold() {
        assertEquals(Instant.EPOCH, key(Instant.EPOCH, Optional.empty()).created());
        var last = Instant.ofEpochSecond(0xffff_ffffL);
        assertEquals(last, key(last, Optional.empty()).created());
        assertEquals(Optional.of(last), key(CREATED, Optional.of(last)).expires());
        for (var wrong : new Instant[] {
            Instant.EPOCH.minusSeconds(1),
            last.plusSeconds(1),
            CREATED.plusNanos(1),
            CREATED.plusMillis(500),
            Instant.MAX
        }) {
            assertThrows(MalformedException.class, () -> key(wrong, Optional.empty()));
            assertThrows(MalformedException.class, () -> key(CREATED, Optional.of(wrong)));
        }
    }

    @Test
    void aKeyExpiresAfterItsCreation() {
        assertThrows(MalformedException.class, () -> key(CREATED, Optional.of(CREATED)));
        assertThrows(MalformedException.class, () -> key(CREATED, Optional.of(CREATED.minusSeconds(1))));
        var key = key(CREATED, Optional.of(CREATED.plusSeconds(1)));
        assertFalse(key.isExpiredAt(CREATED));
        assertFalse(key.isExpiredAt(CREATED.plusSeconds(1).minusNanos(1)));
        assertTrue(key.isExpiredAt(CREATED.plusSeconds(1)));
        assertFalse(key(CREATED, Optional.empty()).isExpiredAt(Instant.MAX));
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void algorithmsAreReadByTheirLabel(KeyAlgorithm algorithm) {
        assertEquals(algorithm, KeyAlgorithm.parse(algorithm.label()));
        assertThrows(MalformedException.class, () -> KeyAlgorithm.parse(algorithm.name()));
    }

    @ParameterizedTest
    @EnumSource(KeyPurpose.class)
    void purposesAreReadByTheirLabel(KeyPurpose purpose) {
        assertEquals(purpose, KeyPurpose.parse(purpose.label()));
        assertThrows(MalformedException.class, () -> KeyPurpose.parse(purpose.name()));
    }

    @Test
    void aKeyIdIs64LowerCaseHexDigits() {
        String hex = "0123456789abcdef".repeat(4);
        assertEquals("0123456789abcdef", new KeyId(hex).abbreviated());
        for (String wrong : new String[] {"", hex.substring(1), hex + "0", hex.toUpperCase(java.util.Locale.ROOT)}) {
            assertThrows(MalformedException.class, () -> new KeyId(wrong));
        }
    }

    @Test
    void aNamespaceIsOneWordThatNoListOrPatternTakesApart() {
        for (String good : new String[] {"file", "git", "a@b.example", "X-1_2/3:4+5", "n".repeat(128)}) {
            assertEquals(good, new Namespace(good).text());
        }
        for (String wrong :
                new String[] {"", "n".repeat(129), "a b", "a,b", "*", "a?", "!a", "\"a\"", "a\\", "a\n", "a\0", "\u00e4"
                }) {
            assertThrows(MalformedException.class, () -> new Namespace(wrong));
        }
    }

    /// The engine compares what was listed with what was opened.
    @Test
    void keysDifferByTheirNamespace() {
        var key = key(CREATED, Optional.empty());
        assertEquals(key, key(CREATED, Optional.empty()));
        var git = new Key(
                key.authority(),
                key.format(),
                key.purpose(),
                key.created(),
                key.expires(),
                Optional.of(new Namespace("git")),
                key.publicKey());
        assertNotEquals(key, git);
        assertNotEquals(git, key);
    }

    @Test
    void aMessageToSignHasAtMostOneMebibyte() {
        int most = ToBeSigned.OfMessage.BYTES_MAX;
        assertEquals(
                1 << 20,
                new ToBeSigned.OfMessage(Bytes.of(new byte[most])).message().length());
        var more = Bytes.of(new byte[most + 1]);
        assertThrows(MalformedException.class, () -> new ToBeSigned.OfMessage(more));
    }

    @Test
    void onlyEd25519SignsMessages() {
        for (var scheme : Scheme.values()) {
            assertEquals(scheme != Scheme.ED25519, scheme.signsDigest());
        }
    }
}
