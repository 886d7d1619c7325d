// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// Seeded damage to bytes: one flipped bit, one other byte, a cut, an insertion, a removal or a repetition.
public final class Mutation {
    /// Bytes inserted, removed or repeated at most.
    private static final int SLICE_BYTES_MAX = 16;

    /// Bytes of a sample of which each bit is changed in every build.
    private static final int ALL_BITS_BYTES_MAX = 512;

    private final Random random;

    public Mutation(long seed) {
        this.random = new Random(seed);
    }

    /// How often a campaign damages each of its samples: `-Drounds=N` times this.
    public static int rounds(int base) {
        return base * Integer.getInteger("rounds", 1);
    }

    /// The bits of a sample to change, one at a time: all of them, but of a long sample, which is one of RSA, one
    /// of each byte where a campaign is short.
    public static IntStream bits(int bytes) {
        return bytes <= ALL_BITS_BYTES_MAX || rounds(1) > 1
                ? IntStream.range(0, 8 * bytes)
                : IntStream.range(0, bytes).map(index -> 8 * index + index % 8);
    }

    /// Bytes that differ from these, which are not empty.
    public byte[] of(byte[] bytes) {
        byte[] damaged = bytes;
        while (Arrays.equals(damaged, bytes)) {
            damaged = once(damaged);
            if (random.nextInt(4) == 0) {
                damaged = once(damaged);
            }
        }
        return damaged;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        int slice = Math.min(1 + random.nextInt(SLICE_BYTES_MAX), bytes.length - at);
        return switch (random.nextInt(6)) {
            case 0 -> with(bytes, at, bytes[at] ^ (1 << random.nextInt(8)));
            case 1 -> with(bytes, at, random.nextInt());
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> joined(bytes, at, random(slice), at);
            case 4 -> joined(bytes, at, new byte[0], at + slice);
            default -> joined(bytes, at, Arrays.copyOfRange(bytes, at, at + slice), at);
        };
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private byte[] random(int length) {
        byte[] some = new byte[length];
        random.nextBytes(some);
        return some;
    }

    private static byte[] joined(byte[] bytes, int end, byte[] middle, int start) {
        byte[] whole = Arrays.copyOf(bytes, end + middle.length + bytes.length - start);
        System.arraycopy(middle, 0, whole, end, middle.length);
        System.arraycopy(bytes, start, whole, end + middle.length, bytes.length - start);
        return whole;
    }
}
