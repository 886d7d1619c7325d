// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/// Starts each hash with a library that is ready at once, and carries it over to a faster one that is slow to
/// start when the content turns out to be large. May be used by several threads at once; each hash by one.
public final class LargeContentHashes implements Hashes {
    /// Bytes of one content from which the faster library is asked for.
    public static final int LARGE_BYTES = 4 << 20;

    private final Hashes small;
    private final Supplier<Optional<Hashes>> large;
    /// Whether `large` was asked, and its answer. Both owned by this object's lock.
    private boolean asked;

    private Optional<Hashes> answer = Optional.empty();

    /// `large` is asked at most once, when the first content passes [#LARGE_BYTES]; while it answers, other
    /// hashes that pass the limit wait. When it answers empty, everything stays with `small`.
    public LargeContentHashes(Hashes small, Supplier<Optional<Hashes>> large) {
        this.small = small;
        this.large = large;
    }

    @Override
    public RunningHash start(DigestAlgorithm algorithm) {
        return algorithm.isResumable() ? new Running(small.start(algorithm)) : new Kept(algorithm);
    }

    /// What is known to be large need not be begun by the library for small content.
    @Override
    public RunningHash start(DigestAlgorithm algorithm, long expectedBytes) {
        return expectedBytes > LARGE_BYTES
                ? forLargeContent()
                        .filter(library -> library.computes(algorithm))
                        .map(library -> library.start(algorithm))
                        .orElseGet(() -> start(algorithm))
                : start(algorithm);
    }

    @Override
    public RunningHash resume(HashState state) {
        return new Running(small.resume(state));
    }

    private synchronized Optional<Hashes> forLargeContent() {
        if (!asked) {
            answer = large.get();
            asked = true;
        }
        return answer;
    }

    /// A hash whose state cannot be carried over: the content itself is kept until it ends or turns out to be
    /// large.
    private final class Kept implements RunningHash {
        private final DigestAlgorithm algorithm;
        private ByteArrayOutputStream content = new ByteArrayOutputStream();
        private Optional<RunningHash> hash = Optional.empty();

        Kept(DigestAlgorithm algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        public void update(ByteBuffer bytes) {
            if (hash.isEmpty() && (long) content.size() + bytes.remaining() > LARGE_BYTES) {
                begin(forLargeContent()
                        .filter(library -> library.computes(algorithm))
                        .orElse(small));
            }
            if (hash.isPresent()) {
                hash.get().update(bytes);
            } else {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                content.writeBytes(copy);
            }
        }

        private RunningHash begin(Hashes library) {
            var begun = library.start(algorithm);
            begun.update(ByteBuffer.wrap(content.toByteArray()));
            content = new ByteArrayOutputStream(0);
            hash = Optional.of(begun);
            return begun;
        }

        @Override
        public HashState state() {
            throw new IllegalStateException("the state of %s does not travel".formatted(algorithm.standardName()));
        }

        @Override
        public Digest finish() {
            return hash.orElseGet(() -> begin(small)).finish();
        }
    }

    private final class Running implements RunningHash {
        private RunningHash hash;
        private boolean carriedOver;
        private long bytes;

        Running(RunningHash hash) {
            this.hash = hash;
        }

        @Override
        public void update(ByteBuffer content) {
            bytes += content.remaining();
            if (!carriedOver && bytes > LARGE_BYTES) {
                carriedOver = true;
                forLargeContent().ifPresent(library -> hash = library.resume(hash.state()));
            }
            hash.update(content);
        }

        @Override
        public HashState state() {
            return hash.state();
        }

        @Override
        public Digest finish() {
            return hash.finish();
        }
    }
}
