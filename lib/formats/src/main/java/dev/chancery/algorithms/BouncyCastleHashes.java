// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.EncodableDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/// SHA-2 by Bouncy Castle, whose digests can be stopped, encoded and resumed; and its BLAKE2b, which need not be.
///
/// The encoding is Bouncy Castle's own (read off release 1.86 and held by tests): the bytes of an unfinished word,
/// its length, the byte count, the eight chaining words, the number of whole words that wait, those words, and one
/// byte for the purpose. None of it leaves this class: [HashState] does.
public final class BouncyCastleHashes implements Hashes {
    private static final int COPY_BYTES = 1 << 13;

    @Override
    public RunningHash start(DigestAlgorithm algorithm) {
        return new Running(
                algorithm,
                switch (algorithm) {
                    case SHA256 -> SHA256Digest.newInstance();
                    case SHA384 -> new SHA384Digest();
                    case SHA512 -> new SHA512Digest();
                    case BLAKE2B_512 -> new Blake2bDigest(8 * algorithm.digestBytes());
                });
    }

    @Override
    public RunningHash resume(HashState state) {
        var running = new Running(state.algorithm(), resumed(state));
        running.update(ByteBuffer.wrap(state.tail().toArray()));
        return running;
    }

    private static ExtendedDigest resumed(HashState state) {
        var layout = Layout.of(state.algorithm());
        byte[] chaining = state.chainingValue().toArray();
        byte[] encoded = new byte[layout.waiting + 1];
        ByteBuffer.wrap(encoded)
                .putLong(layout.byteCount, state.blocks() * state.algorithm().blockBytes())
                .put(layout.chaining, chaining);
        return switch (state.algorithm()) {
            case SHA256 -> {
                encoded[encoded.length - 1] = purpose(SHA256Digest.newInstance());
                yield SHA256Digest.newInstance(encoded);
            }
            case SHA384 -> {
                encoded[encoded.length - 1] = purpose(new SHA384Digest());
                yield new SHA384Digest(encoded);
            }
            case SHA512 -> {
                encoded[encoded.length - 1] = purpose(new SHA512Digest());
                yield new SHA512Digest(encoded);
            }
            case BLAKE2B_512 -> throw new AssertionError("no hash state is of BLAKE2b");
        };
    }

    private static byte purpose(EncodableDigest fresh) {
        byte[] encoded = fresh.getEncodedState();
        return encoded[encoded.length - 1];
    }

    /// Offsets in the encoded state.
    private record Layout(int unfinishedLength, int byteCount, int chaining, int waitingCount, int waiting, int word) {
        /// `GeneralDigest`, words of 4 bytes: buffer 0, its length 4, byte count 8, H 16, waiting words 48.
        private static final Layout WORDS_OF_32_BITS = new Layout(4, 8, 16, 48, 52, Integer.BYTES);
        /// `LongDigest`, words of 8 bytes: buffer 0, its length 8, byte count 12 (and 20), H 28, waiting words 92.
        private static final Layout WORDS_OF_64_BITS = new Layout(8, 12, 28, 92, 96, Long.BYTES);

        static Layout of(DigestAlgorithm algorithm) {
            return algorithm == DigestAlgorithm.SHA256 ? WORDS_OF_32_BITS : WORDS_OF_64_BITS;
        }
    }

    private static final class Running implements RunningHash {
        private final DigestAlgorithm algorithm;
        private final ExtendedDigest digest;

        Running(DigestAlgorithm algorithm, ExtendedDigest digest) {
            this.algorithm = algorithm;
            this.digest = digest;
        }

        @Override
        public void update(ByteBuffer bytes) {
            if (bytes.hasArray()) {
                digest.update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                bytes.position(bytes.limit());
                return;
            }
            byte[] copy = new byte[Math.min(COPY_BYTES, bytes.remaining())];
            while (bytes.hasRemaining()) {
                int length = Math.min(copy.length, bytes.remaining());
                bytes.get(copy, 0, length);
                digest.update(copy, 0, length);
            }
        }

        @Override
        public HashState state() {
            if (!algorithm.isResumable()) {
                throw new IllegalStateException("the state of %s does not travel".formatted(algorithm.standardName()));
            }
            byte[] encoded = ((EncodableDigest) digest).getEncodedState();
            var layout = Layout.of(algorithm);
            var fields = ByteBuffer.wrap(encoded);
            int unfinished = fields.getInt(layout.unfinishedLength);
            int waiting = fields.getInt(layout.waitingCount) * layout.word;
            byte[] tail = Arrays.copyOfRange(encoded, layout.waiting, layout.waiting + waiting + unfinished);
            System.arraycopy(encoded, 0, tail, waiting, unfinished);
            byte[] chaining = Arrays.copyOfRange(encoded, layout.chaining, layout.chaining + algorithm.chainingBytes());
            long blocks = (fields.getLong(layout.byteCount) - tail.length) / algorithm.blockBytes();
            return new HashState(algorithm, Bytes.of(chaining), blocks, Bytes.of(tail));
        }

        @Override
        public Digest finish() {
            byte[] result = new byte[algorithm.digestBytes()];
            digest.doFinal(result, 0);
            return new Digest(algorithm, result);
        }
    }
}
