// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LibcryptoHashesTest {
    private static final int ROUNDS = 1_000;
    private static Hashes hashes = new ReferenceHashes();

    @BeforeAll
    static void openLibrary() {
        var opened = LibcryptoHashes.open();
        if (!System.getProperty("interop", "optional").equals("required")) {
            assumeTrue(opened.isPresent(), "skipped: this machine has no libcrypto.so.3");
        }
        hashes = opened.orElseThrow();
    }

    @Test
    void aLibraryThatIsNotThereIsEmpty() {
        assertFalse(LinkedHashFunctions.link("libcrypto-of-nobody.so.3").isPresent());
    }

    @Test
    void aLibraryWithoutTheFunctionsIsEmpty() {
        assertFalse(LinkedHashFunctions.link("libc.so.6").isPresent());
    }

    @ParameterizedTest
    @EnumSource(value = DigestAlgorithm.class, names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
    void agreesWithTheJdkAtRandomLengthsAndSplits(DigestAlgorithm algorithm) {
        var random = new Random(20261121);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = new byte[random.nextInt(3_000)];
            random.nextBytes(content);
            var hash = hashes.start(algorithm);
            for (int at = 0; at < content.length; ) {
                int part = 1 + random.nextInt(content.length - at);
                hash.update(random.nextBoolean() ? direct(content, at, part) : ByteBuffer.wrap(content, at, part));
                if (random.nextBoolean()) {
                    hash = hashes.resume(hash.state());
                }
                at += part;
            }
            assertArrayEquals(jdk(algorithm).digest(content), hash.finish().bytes(), "round " + round);
        }
    }

    @ParameterizedTest
    @EnumSource(value = DigestAlgorithm.class, names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
    void carriesItsStateOverAtEveryOffsetOfABlock(DigestAlgorithm algorithm) throws CloneNotSupportedException {
        byte[] content = new byte[3 * algorithm.blockBytes()];
        new Random(7).nextBytes(content);
        byte[] rest = "the rest, longer than one block: ".repeat(9).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var jdk = jdk(algorithm);
        for (int at = 0; at < content.length; at++) {
            var first = hashes.start(algorithm);
            first.update(ByteBuffer.wrap(content, 0, at));
            var state = first.state();
            assertEquals(at, state.length());
            assertEquals(at % algorithm.blockBytes(), state.tail().length());
            var clone = (MessageDigest) jdk.clone();
            clone.update(rest);
            assertArrayEquals(clone.digest(), hashes.finish(state, rest).bytes(), "offset " + at);
            jdk.update(content[at]);
        }
    }

    @ParameterizedTest
    @EnumSource(value = DigestAlgorithm.class, names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
    void exchangesStatesWithAnotherLibrary(DigestAlgorithm algorithm) {
        var reference = new ReferenceHashes();
        var random = new Random(algorithm.digestBytes());
        for (int length = 0; length < 3 * algorithm.blockBytes(); length++) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            var ours = fed(hashes, algorithm, content);
            var theirs = fed(reference, algorithm, content);
            assertEquals(theirs.state(), ours.state());
            byte[] rest = {1, 2, 3};
            assertEquals(reference.finish(ours.state(), rest), hashes.finish(theirs.state(), rest));
        }
    }

    @ParameterizedTest
    @EnumSource(value = DigestAlgorithm.class, names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
    void takesEveryKindOfBuffer(DigestAlgorithm algorithm) {
        byte[] content = new byte[2 * LibcryptoRunningHash.CALL_BYTES_MAX + 17];
        new Random(3).nextBytes(content);
        byte[] digest = jdk(algorithm).digest(content);
        ByteBuffer[] buffers = {
            ByteBuffer.wrap(content),
            ByteBuffer.wrap(content).asReadOnlyBuffer(),
            direct(content, 0, content.length),
            direct(content, 0, content.length).asReadOnlyBuffer(),
            ByteBuffer.wrap(Arrays.copyOf(content, content.length + 9)).limit(content.length)
        };
        for (var buffer : buffers) {
            var hash = hashes.start(algorithm);
            hash.update(buffer);
            assertFalse(buffer.hasRemaining());
            assertArrayEquals(digest, hash.finish().bytes());
        }
    }

    @ParameterizedTest
    @EnumSource(value = DigestAlgorithm.class, names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
    void carriesTheCountOfBitsFromWordToWord(DigestAlgorithm algorithm) {
        // 2^29 bytes are 2^32 bits, where Nl of a SHA256_CTX runs over into Nh.
        long blocks = (1L << 29) / algorithm.blockBytes() - 1;
        var before =
                new HashState(algorithm, Bytes.of(new byte[algorithm.chainingBytes()]), blocks, Bytes.of(new byte[9]));
        var ours = hashes.resume(before);
        var theirs = new ReferenceHashes().resume(before);
        ours.update(ByteBuffer.allocate(3 * algorithm.blockBytes()));
        theirs.update(ByteBuffer.allocate(3 * algorithm.blockBytes()));
        assertEquals(theirs.state(), ours.state());
        assertEquals(theirs.finish(), ours.finish());
    }

    @Test
    void aLargeContentIsHashedAsByTheJdk() {
        var buffer = ByteBuffer.allocateDirect(64 << 20);
        var jdk = jdk(DigestAlgorithm.SHA512);
        var hash = hashes.start(DigestAlgorithm.SHA512);
        for (int i = 0; i < 5; i++) {
            jdk.update(buffer.putInt(0, i).clear());
            hash.update(buffer.clear());
        }
        assertArrayEquals(jdk.digest(), hash.finish().bytes());
    }

    @ParameterizedTest
    @EnumSource(value = DigestAlgorithm.class, names = "SHA.*", mode = EnumSource.Mode.MATCH_ALL)
    void goesUpToTheLargestStateAndNoFurther(DigestAlgorithm algorithm) {
        long blocks = Artifact.SIZE_BYTES_MAX / algorithm.blockBytes();
        var last =
                new HashState(algorithm, Bytes.of(new byte[algorithm.chainingBytes()]), blocks, Bytes.of(new byte[1]));
        var hash = hashes.resume(last);
        assertEquals(last, hash.state());
        assertEquals(
                new ReferenceHashes().resume(last).finish(), hashes.resume(last).finish());
        hash.update(ByteBuffer.allocate(algorithm.blockBytes()));
        assertThrows(MalformedException.class, hash::state);
    }

    @Test
    void isSpentWhenFinished() {
        var hash = hashes.start(DigestAlgorithm.SHA512);
        hash.finish();
        assertThrows(IllegalStateException.class, hash::finish);
        assertThrows(IllegalStateException.class, hash::state);
        assertThrows(IllegalStateException.class, () -> hash.update(ByteBuffer.allocate(1)));
    }

    private static RunningHash fed(Hashes library, DigestAlgorithm algorithm, byte[] content) {
        var hash = library.start(algorithm);
        hash.update(ByteBuffer.wrap(content));
        return hash;
    }

    private static ByteBuffer direct(byte[] content, int at, int length) {
        return ByteBuffer.allocateDirect(length).put(content, at, length).flip();
    }

    private static MessageDigest jdk(DigestAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.standardName());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
