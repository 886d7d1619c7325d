// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HashStateTest {
    private static Bytes zeros(int length) {
        return Bytes.of(new byte[length]);
    }

    @ParameterizedTest
    @EnumSource(value = DigestAlgorithm.class, names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
    void everyPartHasItsLimits(DigestAlgorithm algorithm) {
        var value = zeros(algorithm.chainingBytes());
        int block = algorithm.blockBytes();
        long most = Artifact.SIZE_BYTES_MAX / block;
        assertEquals(0, new HashState(algorithm, value, 0, zeros(0)).length());
        assertEquals(7L * block + block - 1, new HashState(algorithm, value, 7, zeros(block - 1)).length());
        assertEquals(Artifact.SIZE_BYTES_MAX, new HashState(algorithm, value, most, zeros(0)).length());
        for (int length : new int[] {0, algorithm.chainingBytes() - 1, algorithm.chainingBytes() + 1}) {
            assertThrows(MalformedException.class, () -> new HashState(algorithm, zeros(length), 0, zeros(0)));
        }
        for (int length : new int[] {block, block + 1}) {
            assertThrows(MalformedException.class, () -> new HashState(algorithm, value, 0, zeros(length)));
        }
        for (long blocks : new long[] {-1, most + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThrows(MalformedException.class, () -> new HashState(algorithm, value, blocks, zeros(0)));
        }
    }

    @Test
    void theStateOfBlake2bHasNoForm() {
        assertThrows(
                MalformedException.class, () -> new HashState(DigestAlgorithm.BLAKE2B_512, zeros(64), 0, zeros(0)));
    }
}
