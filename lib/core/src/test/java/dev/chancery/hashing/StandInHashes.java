// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/// The JDK's digests. They do not give out their state, so the chaining value here is a stand-in, the SHA-512
/// of all content so far: enough to tell whether the right bytes came. The real libraries are tested where they
/// live.
final class StandInHashes implements Hashes {
    @Override
    public RunningHash start(DigestAlgorithm algorithm) {
        return new Running(algorithm);
    }

    @Override
    public RunningHash resume(HashState state) {
        throw new UnsupportedOperationException("the stand-in has nothing to resume from");
    }

    static HashState stateOf(DigestAlgorithm algorithm, byte[] content) {
        var hash = new Running(algorithm);
        hash.update(ByteBuffer.wrap(content));
        return hash.state();
    }

    static MessageDigest jdk(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Running implements RunningHash {
        private final DigestAlgorithm algorithm;
        private final MessageDigest digest;
        private final MessageDigest standIn = jdk("SHA-512");
        private final ByteArrayOutputStream lastBlocks = new ByteArrayOutputStream();
        private long length;

        Running(DigestAlgorithm algorithm) {
            this.algorithm = algorithm;
            this.digest = jdk(algorithm.standardName());
        }

        @Override
        public void update(ByteBuffer bytes) {
            length += bytes.remaining();
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            digest.update(array);
            standIn.update(array);
            int kept = (int) Math.min(array.length, 2L * algorithm.blockBytes());
            lastBlocks.write(array, array.length - kept, kept);
        }

        @Override
        public HashState state() {
            byte[] value = copy(standIn).digest();
            int tail = (int) (length % algorithm.blockBytes());
            byte[] last = lastBlocks.toByteArray();
            return new HashState(
                    algorithm,
                    Bytes.of(Arrays.copyOf(value, algorithm.chainingBytes())),
                    length / algorithm.blockBytes(),
                    Bytes.of(Arrays.copyOfRange(last, last.length - tail, last.length)));
        }

        private static MessageDigest copy(MessageDigest digest) {
            try {
                return (MessageDigest) digest.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Digest finish() {
            return new Digest(algorithm, digest.digest());
        }
    }
}
