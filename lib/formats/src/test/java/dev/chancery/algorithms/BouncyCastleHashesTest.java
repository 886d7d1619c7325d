// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The JDK's digests, which do not let their state out, are the judge of SHA-2; BLAKE2b has its known answers.
class BouncyCastleHashesTest {
    private static final int ROUNDS = 1_000 * Integer.getInteger("rounds", 1);

    private final Hashes hashes = new BouncyCastleHashes();

    @ParameterizedTest
    @EnumSource(names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
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
    @EnumSource(names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
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
    @EnumSource(names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
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
    @EnumSource(names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
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
    @EnumSource(names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
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
    @EnumSource(names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
    void theLargestStateGoesOn(DigestAlgorithm algorithm) {
        long blocks = Artifact.SIZE_BYTES_MAX / algorithm.blockBytes();
        var state = state(algorithm, algorithm.chainingBytes(), blocks, 0);
        var hash = hashes.resume(state);
        hash.update(ByteBuffer.allocate(algorithm.blockBytes() - 1));
        assertEquals(blocks, hash.state().blocks());
        assertEquals(algorithm.blockBytes() - 1, hash.state().tail().length());
    }

    /// RFC 7693, appendix A: BLAKE2b-512 of `abc`; and the digest of nothing, by the BLAKE2 authors' `b2sum`.
    @ParameterizedTest
    @CsvSource({
        "abc, ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        "'', 786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419"
                + "d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce"
    })
    void blake2bKnowsTheAnswers(String content, String digest) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        for (var buffer : new ByteBuffer[] {
            ByteBuffer.wrap(bytes), ByteBuffer.allocateDirect(3).put(bytes).flip()
        }) {
            var hash = hashes.start(DigestAlgorithm.BLAKE2B_512);
            hash.update(buffer);
            assertEquals(Digest.parse(DigestAlgorithm.BLAKE2B_512, digest), hash.finish());
        }
    }

    @Test
    void blake2bTakesContentInPieces() {
        byte[] content = random(1_000, new Random(5));
        var whole = hashes.start(DigestAlgorithm.BLAKE2B_512);
        whole.update(ByteBuffer.wrap(content));
        var pieces = hashes.start(DigestAlgorithm.BLAKE2B_512);
        for (byte octet : content) {
            pieces.update(ByteBuffer.wrap(new byte[] {octet}));
        }
        assertEquals(whole.finish(), pieces.finish());
    }

    @Test
    void theStateOfBlake2bDoesNotTravel() {
        var hash = hashes.start(DigestAlgorithm.BLAKE2B_512);
        assertThrows(IllegalStateException.class, hash::state);
        assertMalformed(() -> state(DigestAlgorithm.BLAKE2B_512, 64, 0, 0));
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
