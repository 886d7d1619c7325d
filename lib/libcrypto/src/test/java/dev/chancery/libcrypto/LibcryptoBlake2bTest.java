// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.Hashes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibcryptoBlake2bTest {
    private static final DigestAlgorithm BLAKE2B = DigestAlgorithm.BLAKE2B_512;
    /// Of 1,000 bytes, each 31 times its place and the place's higher byte; by another program.
    private static final String OF_PATTERN = "12385ddbbd1fc4ac9703d3b3181c337cb03d04c3a1b003bb2ffcde0147be1a86"
            + "87bb0155f03c087234f0af7fd0b37354a408cfef39270ef4bc3b071315b9cd09";

    private LibcryptoBlake2b real = new Answering(0);
    private Hashes hashes = new ReferenceHashes();

    @BeforeEach
    void link() {
        var opened = LibcryptoHashes.open();
        if (!System.getProperty("interop", "optional").equals("required")) {
            assumeTrue(opened.isPresent(), "skipped: this machine has no libcrypto.so.3");
        }
        hashes = opened.orElseThrow();
        real = LinkedBlake2b.link("libcrypto.so.3").orElseThrow();
    }

    private static byte[] pattern() {
        byte[] pattern = new byte[1_000];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) (i * 31 + (i >>> 8));
        }
        return pattern;
    }

    @Test
    void knowsTheDigestOfAPatternInAnyPieces() {
        assertTrue(hashes.computes(BLAKE2B));
        var expected = Digest.parse(BLAKE2B, OF_PATTERN);
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            var content = ByteBuffer.wrap(pattern());
            var direct =
                    ByteBuffer.allocateDirect(content.capacity()).put(pattern()).flip();
            var hash = hashes.start(BLAKE2B);
            while (content.hasRemaining()) {
                int length = 1 + random.nextInt(content.remaining());
                var part = (random.nextBoolean() ? content : direct).slice(content.position(), length);
                hash.update(part);
                assertFalse(part.hasRemaining());
                content.position(content.position() + length);
            }
            assertEquals(expected, hash.finish(), "round " + round);
        }
    }

    @Test
    void oneBufferMayBeLargerThanACall() {
        byte[] content = new byte[2 * LibcryptoRunningHash.CALL_BYTES_MAX + 17];
        new Random(2).nextBytes(content);
        var whole = hashes.start(BLAKE2B);
        whole.update(ByteBuffer.wrap(content));
        var pieces = hashes.start(BLAKE2B);
        for (int at = 0; at < content.length; at += 1_000) {
            pieces.update(ByteBuffer.wrap(content, at, Math.min(1_000, content.length - at)));
        }
        assertEquals(whole.finish(), pieces.finish());
    }

    /// Contexts are native memory; with the collector's help a process does not grow by what it forgot.
    @Test
    void manyContextsMayBeForgotten() {
        for (int i = 0; i < 20_000; i++) {
            hashes.start(BLAKE2B).update(ByteBuffer.wrap(new byte[] {1}));
        }
        assertEquals(Digest.parse(BLAKE2B, OF_PATTERN), digest(hashes));
    }

    private static Digest digest(Hashes hashes) {
        var hash = hashes.start(BLAKE2B);
        hash.update(ByteBuffer.wrap(pattern()));
        return hash.finish();
    }

    @Test
    void isSpentWhenFinishedAndHasNoState() {
        var hash = hashes.start(BLAKE2B);
        assertThrows(IllegalStateException.class, hash::state);
        hash.finish();
        assertThrows(IllegalStateException.class, hash::finish);
        assertThrows(IllegalStateException.class, () -> hash.update(ByteBuffer.allocate(1)));
    }

    @Test
    void aLibraryThatIsNotThereOrLacksTheFunctionsIsEmpty() {
        for (String soname : List.of("libcrypto-of-nobody.so.3", "libc.so.6")) {
            assertFalse(LinkedBlake2b.link(soname).isPresent(), soname);
        }
    }

    @Test
    void aLibraryThatFailsOrIsWrongIsNotUsed() {
        assertTrue(LibcryptoBlake2bHash.isRight(real));
        assertFalse(LibcryptoBlake2bHash.isRight(new Answering(0)));
        assertFalse(LibcryptoBlake2bHash.isRight(new Answering(1)));
        var functions = LinkedHashFunctions.link("libcrypto.so.3").orElseThrow();
        for (var blake2b : List.<Optional<LibcryptoBlake2b>>of(Optional.empty(), Optional.of(new Answering(1)))) {
            var sha2Alone = LibcryptoHashes.tried(functions, () -> blake2b).orElseThrow();
            assertFalse(sha2Alone.computes(BLAKE2B));
            assertTrue(sha2Alone.computes(DigestAlgorithm.SHA512));
        }
    }

    @Test
    void aFailingCallIsUnavailable() {
        var hash = new LibcryptoBlake2bHash(new Answering(0));
        assertThrows(UnavailableException.class, () -> hash.update(ByteBuffer.allocate(1)));
        assertThrows(UnavailableException.class, hash::finish);
    }

    /// Functions that do nothing and say the same.
    private record Answering(int answer) implements LibcryptoBlake2b {
        @Override
        public MemorySegment init() {
            return MemorySegment.NULL;
        }

        @Override
        public int update(MemorySegment ctx, MemorySegment d) {
            return answer;
        }

        @Override
        public int finish(MemorySegment ctx, MemorySegment md) {
            return answer;
        }
    }
}
