// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/// FIPS 180-4, section 6, step by step and slowly: another library for the tests to exchange states with.
/// Words are kept in a `long`; for SHA-256 only the lower half of it counts.
final class ReferenceHashes implements Hashes {
    @Override
    public RunningHash start(DigestAlgorithm algorithm) {
        return new Running(algorithm, initialValue(algorithm), 0, new byte[0]);
    }

    @Override
    public RunningHash resume(HashState state) {
        var words = ByteBuffer.wrap(state.chainingValue().toArray());
        long[] h = new long[8];
        for (int i = 0; i < h.length; i++) {
            h[i] = state.algorithm() == DigestAlgorithm.SHA256 ? words.getInt() & 0xffff_ffffL : words.getLong();
        }
        return new Running(state.algorithm(), h, state.blocks(), state.tail().toArray());
    }

    /// Section 5.3: fractions of the square roots of primes.
    private static long[] initialValue(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> fractions(2, 0, 8, 32);
            case SHA384 -> fractions(2, 8, 8, 64);
            case SHA512 -> fractions(2, 0, 8, 64);
            case BLAKE2B_512 -> throw new AssertionError("the reference knows no BLAKE2b");
        };
    }

    private static long[] fractions(int root, int firstPrime, int count, int bits) {
        return IntStream.iterate(2, n -> n + 1)
                .filter(n -> BigInteger.valueOf(n).isProbablePrime(50))
                .skip(firstPrime)
                .limit(count)
                .mapToLong(prime -> fraction(root, prime, bits))
                .toArray();
    }

    private static long fraction(int root, int prime, int bits) {
        var shifted = BigInteger.valueOf(prime).shiftLeft(root * bits);
        var low = BigInteger.ZERO;
        var high = BigInteger.ONE.shiftLeft(bits + 6);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            var middle = low.add(high).shiftRight(1);
            if (middle.pow(root).compareTo(shifted) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low.mod(BigInteger.ONE.shiftLeft(bits)).longValue();
    }

    private static final class Running implements RunningHash {
        private final DigestAlgorithm algorithm;
        private final boolean narrow;
        private final long[] k;
        private final long[] h;
        private long blocks;
        private byte[] tail;

        Running(DigestAlgorithm algorithm, long[] h, long blocks, byte[] tail) {
            this.algorithm = algorithm;
            this.narrow = algorithm == DigestAlgorithm.SHA256;
            this.k = Constants.of(narrow);
            this.h = h;
            this.blocks = blocks;
            this.tail = tail;
        }

        @Override
        public void update(ByteBuffer bytes) {
            byte[] joined = Arrays.copyOf(tail, tail.length + bytes.remaining());
            bytes.get(joined, tail.length, bytes.remaining());
            int at = 0;
            for (; joined.length - at >= algorithm.blockBytes(); at += algorithm.blockBytes()) {
                compress(ByteBuffer.wrap(joined, at, algorithm.blockBytes()));
                blocks++;
            }
            tail = Arrays.copyOfRange(joined, at, joined.length);
        }

        private void compress(ByteBuffer block) {
            long[] w = new long[k.length];
            for (int t = 0; t < w.length; t++) {
                w[t] = t < 16
                        ? (narrow ? block.getInt() & 0xffff_ffffL : block.getLong())
                        : word(small(w[t - 2], narrow ? new int[] {17, 19, 10} : new int[] {19, 61, 6})
                                + w[t - 7]
                                + small(w[t - 15], narrow ? new int[] {7, 18, 3} : new int[] {1, 8, 7})
                                + w[t - 16]);
            }
            long[] v = h.clone();
            for (int t = 0; t < w.length; t++) {
                long ch = (v[4] & v[5]) ^ (~v[4] & v[6]);
                long maj = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
                long t1 = v[7]
                        + big(v[4], narrow ? new int[] {6, 11, 25} : new int[] {14, 18, 41})
                        + word(ch)
                        + k[t]
                        + w[t];
                long t2 = big(v[0], narrow ? new int[] {2, 13, 22} : new int[] {28, 34, 39}) + maj;
                System.arraycopy(v, 0, v, 1, 7);
                v[4] = word(v[4] + t1);
                v[0] = word(t1 + t2);
            }
            for (int i = 0; i < h.length; i++) {
                h[i] = word(h[i] + v[i]);
            }
        }

        private long word(long value) {
            return narrow ? value & 0xffff_ffffL : value;
        }

        private long rotated(long x, int by) {
            return narrow ? word(Integer.rotateRight((int) x, by)) : Long.rotateRight(x, by);
        }

        private long big(long x, int[] by) {
            return rotated(x, by[0]) ^ rotated(x, by[1]) ^ rotated(x, by[2]);
        }

        private long small(long x, int[] by) {
            return rotated(x, by[0]) ^ rotated(x, by[1]) ^ (x >>> by[2]);
        }

        @Override
        public HashState state() {
            return new HashState(algorithm, Bytes.of(words()), blocks, Bytes.of(tail));
        }

        private byte[] words() {
            var words = ByteBuffer.allocate(algorithm.chainingBytes());
            for (long word : h) {
                if (narrow) {
                    words.putInt((int) word);
                } else {
                    words.putLong(word);
                }
            }
            return words.array();
        }

        @Override
        public Digest finish() {
            long length = state().length();
            int lengthBytes = algorithm.blockBytes() / 8;
            int zeros = Math.floorMod(-(tail.length + 1 + lengthBytes), algorithm.blockBytes());
            var padding = ByteBuffer.allocate(1 + zeros + lengthBytes);
            padding.put(0, (byte) 0x80).putLong(padding.capacity() - Long.BYTES, length * 8);
            update(padding);
            return new Digest(algorithm, Arrays.copyOf(words(), algorithm.digestBytes()));
        }
    }

    /// Section 4.2: fractions of the cube roots of primes.
    private static final class Constants {
        private static final long[] NARROW = fractions(3, 0, 64, 32);
        private static final long[] WIDE = fractions(3, 0, 80, 64);

        static long[] of(boolean narrow) {
            return narrow ? NARROW : WIDE;
        }
    }
}
