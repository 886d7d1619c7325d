// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// One `SHA256_CTX` or `SHA512_CTX` on the Java heap. The package comment has its layout.
final class HashContext {
    private static final int CHAINING_WORDS = 8;

    private final DigestAlgorithm algorithm;
    private final MemorySegment struct;

    HashContext(DigestAlgorithm algorithm) {
        this(algorithm, 0);
    }

    /// With some more memory behind the struct, for the test that nothing writes there.
    HashContext(DigestAlgorithm algorithm, int spareBytes) {
        this.algorithm = algorithm;
        // An array of long, because the struct's widest field wants to be aligned to 8 bytes.
        this.struct = MemorySegment.ofArray(new long[(bytes(algorithm) + spareBytes + Long.BYTES - 1) / Long.BYTES]);
    }

    static int bytes(DigestAlgorithm algorithm) {
        return mdLenOffset(algorithm) + Integer.BYTES;
    }

    private static int wordBytes(DigestAlgorithm algorithm) {
        return algorithm.chainingBytes() / CHAINING_WORDS;
    }

    private static int dataOffset(DigestAlgorithm algorithm) {
        return algorithm.chainingBytes() + 2 * wordBytes(algorithm);
    }

    private static int numOffset(DigestAlgorithm algorithm) {
        return dataOffset(algorithm) + algorithm.blockBytes();
    }

    private static int mdLenOffset(DigestAlgorithm algorithm) {
        return numOffset(algorithm) + Integer.BYTES;
    }

    /// What goes to the functions as `c`.
    MemorySegment struct() {
        return struct;
    }

    /// `md_len`, which the library set: proof that the last field is where we think.
    int digestBytes() {
        return struct.get(ValueLayout.JAVA_INT, mdLenOffset(algorithm));
    }

    HashState state() {
        int wordBytes = wordBytes(algorithm);
        var chaining = ByteBuffer.allocate(algorithm.chainingBytes()).order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < CHAINING_WORDS; i++) {
            if (wordBytes == Integer.BYTES) {
                chaining.putInt((int) word(i * wordBytes));
            } else {
                chaining.putLong(word(i * wordBytes));
            }
        }
        int num = struct.get(ValueLayout.JAVA_INT, numOffset(algorithm));
        if (num < 0 || num >= algorithm.blockBytes()) {
            throw new IllegalStateException("libcrypto's struct has num = " + num);
        }
        byte[] tail = new byte[num];
        MemorySegment.copy(struct, dataOffset(algorithm), MemorySegment.ofArray(tail), 0, num);
        long blocks = (length() - num) / algorithm.blockBytes();
        return new HashState(algorithm, Bytes.of(chaining.array()), blocks, Bytes.of(tail));
    }

    /// Overwrites the fields of an initialised context with those of the state.
    void load(HashState state) {
        int wordBytes = wordBytes(algorithm);
        var chaining = ByteBuffer.wrap(state.chainingValue().toArray()).order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < CHAINING_WORDS; i++) {
            setWord(i * wordBytes, wordBytes == Integer.BYTES ? chaining.getInt() : chaining.getLong());
        }
        long bits = state.length() * Byte.SIZE;
        setWord(algorithm.chainingBytes(), bits);
        setWord(algorithm.chainingBytes() + wordBytes, wordBytes == Integer.BYTES ? bits >>> Integer.SIZE : 0);
        byte[] tail = state.tail().toArray();
        MemorySegment.copy(MemorySegment.ofArray(tail), 0, struct, dataOffset(algorithm), tail.length);
        struct.set(ValueLayout.JAVA_INT, numOffset(algorithm), tail.length);
    }

    /// Bytes so far. `Nh` of a SHA512_CTX counts from 2^61 bytes on, which no state reaches.
    private long length() {
        int wordBytes = wordBytes(algorithm);
        long low = word(algorithm.chainingBytes());
        long high = wordBytes == Integer.BYTES ? word(algorithm.chainingBytes() + wordBytes) << Integer.SIZE : 0;
        return (high | low) >>> 3;
    }

    private long word(int offset) {
        return wordBytes(algorithm) == Integer.BYTES
                ? Integer.toUnsignedLong(struct.get(ValueLayout.JAVA_INT, offset))
                : struct.get(ValueLayout.JAVA_LONG, offset);
    }

    private void setWord(int offset, long value) {
        if (wordBytes(algorithm) == Integer.BYTES) {
            struct.set(ValueLayout.JAVA_INT, offset, (int) value);
        } else {
            struct.set(ValueLayout.JAVA_LONG, offset, value);
        }
    }
}
