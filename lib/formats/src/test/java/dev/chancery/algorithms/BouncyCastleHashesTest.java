// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The JDK's digests, which do not let their state out, are the judge.
class BouncyCastleHashesTest {
    private static final int ROUNDS = 1_000 * Integer.getInteger("rounds", 1);

    private final Hashes hashes = new BouncyCastleHashes();

    @ParameterizedTest
    @EnumSource
    void everyLengthGoesOnFromItsState(DigestAlgorithm algorithm) throws Exception {
        byte[] content = random(300, new Random(1));
        for (int length = 0; length <= content.length; length++) {
            byte[] whole = Arrays.copyOf(content, length);
            for (int split : new int[] {0, length / 3, length}) {
                assertResumes(algorithm, whole, split);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySplitGoesOnFromItsState(DigestAlgorithm algorithm) throws Exception {
        var random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = random(random.nextInt(5_000), random);
            assertResumes(algorithm, content, random.nextInt(content.length + 1));
        }
    }

    private void assertResumes(DigestAlgorithm algorithm, byte[] content, int split) throws GeneralSecurityException {
        var hash = hashes.start(algorithm);
        hash.update(ByteBuffer.wrap(content, 0, split));
        HashState state = hash.state();
        assertEquals(split, state.length());
        assertEquals(split / algorithm.blockBytes(), state.blocks());
        int tail = split % algorithm.blockBytes();
        assertEquals(Bytes.of(Arrays.copyOfRange(content, split - tail, split)), state.tail());
        byte[] expected = MessageDigest.getInstance(algorithm.standardName()).digest(content);
        byte[] rest = Arrays.copyOfRange(content, split, content.length);
        assertArrayEquals(expected, hashes.finish(state, rest).bytes());
        assertEquals(state, hashes.resume(state).state());
        hash.update(ByteBuffer.wrap(rest));
        assertArrayEquals(expected, hash.finish().bytes());
    }

    @ParameterizedTest
    @EnumSource
    void takingTheStateChangesNothing(DigestAlgorithm algorithm) throws Exception {
        byte[] content = random(1_000, new Random(3));
        var hash = hashes.start(algorithm);
        for (byte octet : content) {
            hash.state();
            hash.update(ByteBuffer.wrap(new byte[] {octet}));
        }
        assertArrayEquals(
                MessageDigest.getInstance(algorithm.standardName()).digest(content),
                hash.finish().bytes());
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfBufferIsReadToItsEnd(DigestAlgorithm algorithm) throws Exception {
        byte[] content = random(20_000, new Random(4));
        var direct = ByteBuffer.allocateDirect(content.length).put(content).flip();
        var slice = ByteBuffer.wrap(content).position(10).slice();
        for (var buffer : new ByteBuffer[] {direct, direct.duplicate().asReadOnlyBuffer(), slice}) {
            var digest = MessageDigest.getInstance(algorithm.standardName());
            digest.update(buffer.duplicate());
            var hash = hashes.start(algorithm);
            hash.update(buffer);
            assertEquals(0, buffer.remaining());
            assertArrayEquals(digest.digest(), hash.finish().bytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStateHasItsAlgorithmsLengths(DigestAlgorithm algorithm) {
        int chaining = algorithm.chainingBytes();
        int block = algorithm.blockBytes();
        long blocks = Artifact.SIZE_BYTES_MAX / block;
        assertDoesNotThrow(() -> state(algorithm, chaining, blocks, block - 1));
        assertMalformed(() -> state(algorithm, chaining - 1, 0, 0));
        assertMalformed(() -> state(algorithm, chaining + 1, 0, 0));
        assertMalformed(() -> state(algorithm, chaining, 0, block));
        assertMalformed(() -> state(algorithm, chaining, -1, 0));
        assertMalformed(() -> state(algorithm, chaining, blocks + 1, 0));
    }

    /// FIPS 180-4, section 5.1: the padding holds the length in bits, so a state near the limit counts right.
    @ParameterizedTest
    @EnumSource
    void theLargestStateGoesOn(DigestAlgorithm algorithm) {
        long blocks = Artifact.SIZE_BYTES_MAX / algorithm.blockBytes();
        var state = state(algorithm, algorithm.chainingBytes(), blocks, 0);
        var hash = hashes.resume(state);
        hash.update(ByteBuffer.allocate(algorithm.blockBytes() - 1));
        assertEquals(blocks, hash.state().blocks());
        assertEquals(algorithm.blockBytes() - 1, hash.state().tail().length());
    }

    private static HashState state(DigestAlgorithm algorithm, int chaining, long blocks, int tail) {
        return new HashState(algorithm, Bytes.of(new byte[chaining]), blocks, Bytes.of(new byte[tail]));
    }

    private static void assertMalformed(org.junit.jupiter.api.function.Executable make) {
        assertThrows(MalformedException.class, make);
    }

    private static byte[] random(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
