// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;
import java.util.Optional;

/// The hash functions of the machine's own libcrypto. May be used by several threads at once; each hash by one.
public final class LibcryptoHashes implements Hashes {
    private static final String SONAME = "libcrypto.so.3";

    private final LibcryptoHashFunctions functions;

    private LibcryptoHashes(LibcryptoHashFunctions functions) {
        this.functions = functions;
    }

    /// Finds and tries libcrypto; takes some 40 ms in a cold JVM.
    ///
    /// Empty when the machine has none, when this JVM may not call native code, and when the library does not
    /// pass the self-test.
    public static Optional<Hashes> open() {
        return LinkedHashFunctions.link(SONAME).flatMap(LibcryptoHashes::tried);
    }

    static Optional<Hashes> tried(LibcryptoHashFunctions functions) {
        return new SelfTest(functions).passes() ? Optional.of(new LibcryptoHashes(functions)) : Optional.empty();
    }

    @Override
    public RunningHash start(DigestAlgorithm algorithm) {
        return new LibcryptoRunningHash(functions, algorithm);
    }

    @Override
    public RunningHash resume(HashState state) {
        return new LibcryptoRunningHash(functions, state);
    }
}
