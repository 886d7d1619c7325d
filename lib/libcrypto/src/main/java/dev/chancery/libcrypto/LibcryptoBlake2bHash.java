// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.RunningHash;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One BLAKE2b-512 at work, in a context that is the library's own.
final class LibcryptoBlake2bHash implements RunningHash {
    private static final DigestAlgorithm ALGORITHM = DigestAlgorithm.BLAKE2B_512;
    /// RFC 7693, appendix A: the digest of `abc`.
    private static final String ANSWER = "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923";

    private final LibcryptoBlake2b functions;
    private final MemorySegment context;
    private boolean spent;

    LibcryptoBlake2bHash(LibcryptoBlake2b functions) {
        this.functions = functions;
        this.context = functions.init();
    }

    /// Whether the functions know the standard's answer, also when it is asked in pieces.
    static boolean isRight(LibcryptoBlake2b functions) {
        try {
            var hash = new LibcryptoBlake2bHash(functions);
            hash.update(ByteBuffer.wrap("a".getBytes(StandardCharsets.US_ASCII)));
            hash.update(ByteBuffer.wrap("bc".getBytes(StandardCharsets.US_ASCII)));
            return hash.finish().hex().equals(ANSWER);
        } catch (ChanceryException e) {
            return false;
        }
    }

    @Override
    public void update(ByteBuffer bytes) {
        requireUnspent();
        var data = MemorySegment.ofBuffer(bytes);
        for (long at = 0; at < data.byteSize(); at += LibcryptoRunningHash.CALL_BYTES_MAX) {
            var part = data.asSlice(at, Math.min(LibcryptoRunningHash.CALL_BYTES_MAX, data.byteSize() - at));
            requireSuccess("EVP_DigestUpdate", functions.update(context, part));
        }
        bytes.position(bytes.limit());
    }

    @Override
    public HashState state() {
        throw new IllegalStateException("the state of %s does not travel".formatted(ALGORITHM.standardName()));
    }

    @Override
    public Digest finish() {
        requireUnspent();
        spent = true;
        byte[] md = new byte[ALGORITHM.digestBytes()];
        requireSuccess("EVP_DigestFinal_ex", functions.finish(context, MemorySegment.ofArray(md)));
        return new Digest(ALGORITHM, md);
    }

    private void requireUnspent() {
        if (spent) {
            throw new IllegalStateException("the hash is finished");
        }
    }

    private static void requireSuccess(String function, int result) {
        if (result != 1) {
            throw new UnavailableException("libcrypto's %s answered %d".formatted(function, result));
        }
    }
}
