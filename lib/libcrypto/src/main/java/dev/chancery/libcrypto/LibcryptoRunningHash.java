// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.RunningHash;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// One hash at work in a [HashContext].
final class LibcryptoRunningHash implements RunningHash {
    /// Bytes: one call takes some 60 µs, the longest that it holds up the garbage collector.
    static final int CALL_BYTES_MAX = 1 << 16;

    private final LibcryptoHashFunctions functions;
    private final DigestAlgorithm algorithm;
    private final HashContext context;
    private boolean spent;

    LibcryptoRunningHash(LibcryptoHashFunctions functions, DigestAlgorithm algorithm) {
        this.functions = functions;
        this.algorithm = algorithm;
        this.context = new HashContext(algorithm);
        requireSuccess("Init", functions.init(algorithm, context.struct()));
    }

    LibcryptoRunningHash(LibcryptoHashFunctions functions, HashState state) {
        this(functions, state.algorithm());
        context.load(state);
    }

    @Override
    public void update(ByteBuffer bytes) {
        requireUnspent();
        var data = MemorySegment.ofBuffer(bytes);
        for (long at = 0; at < data.byteSize(); at += CALL_BYTES_MAX) {
            var part = data.asSlice(at, Math.min(CALL_BYTES_MAX, data.byteSize() - at));
            requireSuccess("Update", functions.update(algorithm, context.struct(), part));
        }
        bytes.position(bytes.limit());
    }

    @Override
    public HashState state() {
        requireUnspent();
        return context.state();
    }

    @Override
    public Digest finish() {
        requireUnspent();
        spent = true;
        byte[] md = new byte[algorithm.digestBytes()];
        requireSuccess("Final", functions.finish(algorithm, MemorySegment.ofArray(md), context.struct()));
        return new Digest(algorithm, md);
    }

    private void requireUnspent() {
        if (spent) {
            throw new IllegalStateException("the hash is finished");
        }
    }

    private void requireSuccess(String function, int result) {
        if (result != 1) {
            throw new UnavailableException(
                    "libcrypto's %s for %s answered %d".formatted(function, algorithm.standardName(), result));
        }
    }
}
