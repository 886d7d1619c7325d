// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stream of other bytes never comes to its end.
class PinnedTest {
    private static final int ONE = Pinned.BUFFER_BYTES;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Digest digest(byte[] bytes) {
        return new Digest(DigestAlgorithm.SHA256, Pinned.sha256().digest(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, ONE - 1, ONE, ONE + 1, 2 * ONE, 2 * ONE + 1, 3 * ONE, 1_000_000})
    void theRightBytesPass(int length) throws IOException {
        byte[] bytes = random(length);
        try (var pinned = new Pinned(new ByteArrayInputStream(bytes), digest(bytes), "it")) {
            assertArrayEquals(bytes, pinned.readAllBytes());
            assertEquals(-1, pinned.read());
        }
    }

    /// Whichever byte was changed, cut off or added: whoever counts the bytes never has as many as there should be.
    @ParameterizedTest
    @ValueSource(ints = {1, ONE - 1, ONE, ONE + 1, 2 * ONE, 2 * ONE + 1, 3 * ONE})
    void otherBytesNeverEnd(int length) {
        byte[] right = random(length);
        for (int at : new int[] {0, length / 2, length - 1}) {
            byte[] wrong = right.clone();
            wrong[at] ^= 1;
            assertNeverEnds(right, wrong);
        }
        assertNeverEnds(right, Arrays.copyOf(right, length - 1));
        assertNeverEnds(right, Arrays.copyOf(right, length + 1));
    }

    private static void assertNeverEnds(byte[] right, byte[] wrong) {
        var seen = new ByteArrayOutputStream();
        var refused = assertThrows(RefusedException.class, () -> {
            try (var pinned = new Pinned(new ByteArrayInputStream(wrong), digest(right), "it")) {
                for (int next = pinned.read(); next >= 0; next = pinned.read()) {
                    seen.write(next);
                }
            }
        });
        assertEquals("content-changed", refused.rule());
        assertTrue(seen.size() < right.length, () -> seen.size() + " of " + right.length);
    }
}
