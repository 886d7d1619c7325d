// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;
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

    /// `large` is asked at most once, when the first content passes [#LARGE_BYTES]; while it answers, other hashes
    /// that pass the limit wait. When it answers empty, everything stays with `small`.
    public LargeContentHashes(Hashes small, Supplier<Optional<Hashes>> large) {
        this.small = small;
        this.large = large;
    }

    @Override
    public RunningHash start(DigestAlgorithm algorithm) {
        // A state that does not travel cannot be carried over.
        return algorithm.isResumable() ? new Running(small.start(algorithm)) : small.start(algorithm);
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
