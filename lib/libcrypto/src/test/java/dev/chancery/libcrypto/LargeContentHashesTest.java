// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LargeContentHashesTest {
    private static final int LARGE = LargeContentHashes.LARGE_BYTES;

    private final List<String> asked = new ArrayList<>();

    @Test
    void contentUpToTheLimitNeverAsksForTheLargeLibrary() throws Exception {
        assertHashes(LARGE, Optional.of(new Telling()));
        assertEquals(List.of(), asked);
    }

    @Test
    void contentOverTheLimitIsCarriedOverOnce() throws Exception {
        var hashes = assertHashes(LARGE + 1, Optional.of(new Telling()));
        assertEquals(2, asked.size());
        assertEquals("supplied", asked.get(0));
        assertEquals(
                1, asked.stream().filter(call -> call.startsWith("resumed")).count());
        hashes.start(DigestAlgorithm.SHA256).update(ByteBuffer.allocate(LARGE + 1));
        assertEquals(1, asked.stream().filter("supplied"::equals).count());
    }

    @Test
    void oneBufferOverTheLimitGoesToTheLargeLibraryWhole() {
        hashes(Optional.of(new Telling())).start(DigestAlgorithm.SHA512).update(ByteBuffer.allocate(LARGE + 1));
        assertEquals(List.of("supplied", "resumed at 0"), asked);
    }

    @Test
    void contentThatIsSaidToBeLargeIsBegunByTheLargeLibrary() {
        hashes(Optional.of(new Telling())).start(DigestAlgorithm.SHA512, LARGE);
        assertEquals(List.of(), asked);
        hashes(Optional.of(new Telling())).start(DigestAlgorithm.SHA512, LARGE + 1L);
        assertEquals(List.of("supplied", "started"), asked);
        hashes(Optional.empty()).start(DigestAlgorithm.SHA512, LARGE + 1L);
        assertEquals(List.of("supplied", "started", "supplied"), asked);
    }

    @Test
    void withoutALargeLibraryTheSmallOneDoesItAll() throws Exception {
        assertHashes(LARGE + 100_000, Optional.empty());
        assertEquals(List.of("supplied"), asked);
    }

    /// What cannot be carried over is kept: 4 MiB and no more, then it goes to a library from its first byte.
    @Test
    void aHashWithoutAStateIsStartedWhereItsContentBelongs() {
        assertEquals(List.of("started"), startedFor(LARGE, true));
        assertEquals(List.of("supplied", "started large"), startedFor(LARGE + 1, true));
        assertEquals(List.of("supplied", "started"), startedFor(LARGE + 1, false));
        assertEquals(List.of("started"), startedFor(0, true));
    }

    private List<String> startedFor(int length, boolean known) {
        asked.clear();
        var hashes = new LargeContentHashes(new Stateless("started", true), () -> {
            asked.add("supplied");
            return Optional.of(new Stateless("started large", known));
        });
        var hash = hashes.start(DigestAlgorithm.BLAKE2B_512);
        assertThrows(IllegalStateException.class, hash::state);
        for (int at = 0; at < length; at += 1 << 18) {
            hash.update(ByteBuffer.allocate(Math.min(1 << 18, length - at)));
        }
        assertEquals(length, ByteBuffer.wrap(hash.finish().bytes()).getInt());
        return List.copyOf(asked);
    }

    /// A library whose digest is the length of the content.
    private final class Stateless implements Hashes {
        private final String word;
        private final boolean known;

        Stateless(String word, boolean known) {
            this.word = word;
            this.known = known;
        }

        @Override
        public boolean computes(DigestAlgorithm algorithm) {
            return known;
        }

        @Override
        public RunningHash start(DigestAlgorithm algorithm) {
            asked.add(word);
            return new Counting();
        }

        @Override
        public RunningHash resume(HashState state) {
            throw new AssertionError(word);
        }
    }

    private static final class Counting implements RunningHash {
        private int length;

        @Override
        public void update(ByteBuffer bytes) {
            length += bytes.remaining();
            bytes.position(bytes.limit());
        }

        @Override
        public HashState state() {
            throw new IllegalStateException();
        }

        @Override
        public Digest finish() {
            byte[] digest = ByteBuffer.allocate(64).putInt(length).array();
            return new Digest(DigestAlgorithm.BLAKE2B_512, digest);
        }
    }

    @Test
    void aStateGoesInAndOut() {
        var hashes = hashes(Optional.of(new Telling()));
        var hash = hashes.start(DigestAlgorithm.SHA384);
        hash.update(ByteBuffer.allocate(1_000));
        assertEquals(
                new ReferenceHashes().resume(hash.state()).finish(),
                hashes.resume(hash.state()).finish());
    }

    @Test
    void whatTheSupplierThrowsPassesThrough() {
        var hashes = new LargeContentHashes(new ReferenceHashes(), () -> {
            throw new IllegalStateException();
        });
        var hash = hashes.start(DigestAlgorithm.SHA512);
        assertThrows(IllegalStateException.class, () -> hash.update(ByteBuffer.allocate(LARGE + 1)));
    }

    private Hashes hashes(Optional<Hashes> large) {
        return new LargeContentHashes(new ReferenceHashes(), () -> {
            asked.add("supplied");
            return large;
        });
    }

    private Hashes assertHashes(int length, Optional<Hashes> large) throws Exception {
        byte[] content = new byte[length];
        var random = new Random(length);
        random.nextBytes(content);
        var hashes = hashes(large);
        var hash = hashes.start(DigestAlgorithm.SHA512);
        for (int at = 0; at < content.length; ) {
            int part = Math.min(content.length - at, 1 + random.nextInt(1_000_000));
            hash.update(ByteBuffer.wrap(content, at, part));
            at += part;
        }
        assertArrayEquals(
                MessageDigest.getInstance("SHA-512").digest(content),
                hash.finish().bytes());
        return hashes;
    }

    /// A library that says what it was asked.
    private final class Telling implements Hashes {
        @Override
        public RunningHash start(DigestAlgorithm algorithm) {
            asked.add("started");
            return new ReferenceHashes().start(algorithm);
        }

        @Override
        public RunningHash resume(HashState state) {
            asked.add("resumed at " + state.length());
            return new ReferenceHashes().resume(state);
        }
    }
}
