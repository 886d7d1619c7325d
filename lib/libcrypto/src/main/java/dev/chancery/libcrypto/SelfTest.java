// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/// Whether a library is what the package comment says: tried on known answers before it is believed.
final class SelfTest {
    /// The message of FIPS 180-4's first examples.
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    /// Bytes behind the struct that must stay zero: as much again as the largest struct and more.
    private static final int SPARE_BYTES = 512;
    /// Bytes before the state is taken out: one block and part of the next, odd, for every block length.
    private static final int SPLIT_BYTES = 205;

    private static final int PATTERN_BYTES = 1_000;

    private final LibcryptoHashFunctions functions;

    SelfTest(LibcryptoHashFunctions functions) {
        this.functions = functions;
    }

    boolean passes() {
        for (var algorithm : DigestAlgorithm.values()) {
            try {
                if (algorithm.isResumable() && !isRight(algorithm)) {
                    return false;
                }
            } catch (ChanceryException | IllegalStateException wrongLayout) {
                return false;
            }
        }
        return true;
    }

    private boolean isRight(DigestAlgorithm algorithm) {
        return staysInStruct(algorithm) && knowsAnswer(algorithm) && givesOutState(algorithm) && takesState(algorithm);
    }

    /// First of all, and in a roomy array: a larger struct would overwrite what lies behind it.
    private boolean staysInStruct(DigestAlgorithm algorithm) {
        var context = new HashContext(algorithm, SPARE_BYTES);
        var struct = context.struct();
        byte[] md = new byte[algorithm.digestBytes()];
        boolean done = functions.init(algorithm, struct) == 1
                && context.digestBytes() == algorithm.digestBytes()
                && functions.update(algorithm, struct, MemorySegment.ofArray(pattern())) == 1
                && functions.finish(algorithm, MemorySegment.ofArray(md), struct) == 1;
        var spare = struct.asSlice(HashContext.bytes(algorithm)).toArray(ValueLayout.JAVA_BYTE);
        return done && Arrays.equals(spare, new byte[spare.length]);
    }

    private boolean knowsAnswer(DigestAlgorithm algorithm) {
        var hash = new LibcryptoRunningHash(functions, algorithm);
        hash.update(ByteBuffer.wrap(ABC));
        return hash.finish().equals(answer(algorithm));
    }

    /// A digest is the chaining value after the padded message (FIPS 180-4, sections 5.1 and 6.4), so the padded
    /// `abc` given as content must leave the known answer in the state: six of its eight words for SHA-384.
    private boolean givesOutState(DigestAlgorithm algorithm) {
        byte[] block = Arrays.copyOf(ABC, algorithm.blockBytes());
        block[ABC.length] = (byte) 0x80;
        block[block.length - 1] = (byte) (ABC.length * Byte.SIZE);
        var hash = new LibcryptoRunningHash(functions, algorithm);
        hash.update(ByteBuffer.wrap(block));
        hash.update(ByteBuffer.wrap(ABC));
        var state = hash.state();
        byte[] words = Arrays.copyOf(state.chainingValue().toArray(), algorithm.digestBytes());
        return new Digest(algorithm, words).equals(answer(algorithm))
                && state.blocks() == 1
                && state.tail().equals(Bytes.of(ABC));
    }

    private boolean takesState(DigestAlgorithm algorithm) {
        byte[] pattern = pattern();
        var first = new LibcryptoRunningHash(functions, algorithm);
        first.update(ByteBuffer.wrap(pattern, 0, SPLIT_BYTES));
        var second = new LibcryptoRunningHash(functions, first.state());
        second.update(ByteBuffer.wrap(pattern, SPLIT_BYTES, pattern.length - SPLIT_BYTES));
        return Arrays.equals(second.finish().bytes(), jdkDigest(algorithm, pattern));
    }

    private static byte[] pattern() {
        byte[] pattern = new byte[PATTERN_BYTES];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) (i * 31 + (i >>> 8));
        }
        return pattern;
    }

    private static byte[] jdkDigest(DigestAlgorithm algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm.standardName()).digest(content);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-2", e);
        }
    }

    /// The digests of `abc` that NIST gives as examples beside FIPS 180-4.
    private static Digest answer(DigestAlgorithm algorithm) {
        String hex = switch (algorithm) {
            case SHA256 -> "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
            case SHA384 ->
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed" + "8086072ba1e7cc2358baeca134c825a7";
            case SHA512 ->
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
            case BLAKE2B_512 -> throw new AssertionError("BLAKE2b is not asked for");
        };
        return Digest.parse(algorithm, hex);
    }
}
