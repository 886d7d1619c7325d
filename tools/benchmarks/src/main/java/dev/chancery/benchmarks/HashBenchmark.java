// SPDX-License-Identifier: Apache-2.0
package dev.chancery.benchmarks;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.libcrypto.LargeContentHashes;
import dev.chancery.libcrypto.LibcryptoHashes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// SHA-512 of 64 MiB, in times a second: by the JDK, which hides its state, and by the ways that give it out.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class HashBenchmark {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int BUFFERS = 256;

    @Param({"bouncycastle", "libcrypto", "large-content"})
    public String way = "";

    private final ByteBuffer content = ByteBuffer.allocateDirect(BUFFER_BYTES);

    @Benchmark
    public HashState state() {
        var hash = hashes().start(DigestAlgorithm.SHA512);
        for (int i = 0; i < BUFFERS; i++) {
            hash.update(content.duplicate());
        }
        var state = hash.state();
        hash.finish();
        return state;
    }

    private Hashes hashes() {
        return switch (way) {
            case "bouncycastle" -> new BouncyCastleHashes();
            case "libcrypto" -> LibcryptoHashes.open().orElseThrow();
            default -> new LargeContentHashes(new BouncyCastleHashes(), LibcryptoHashes::open);
        };
    }

    @Benchmark
    public byte[] jdkDigest() throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-512");
        for (int i = 0; i < BUFFERS; i++) {
            digest.update(content.duplicate());
        }
        return digest.digest();
    }
}
