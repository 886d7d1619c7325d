// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.RunningHash;
import java.util.Optional;
import java.util.function.Supplier;

/// The hash functions of the machine's own libcrypto. May be used by several threads at once; each hash by one.
public final class LibcryptoHashes implements Hashes {
    private static final String SONAME = "libcrypto.so.3";

    private final LibcryptoHashFunctions functions;
    private final Supplier<Optional<LibcryptoBlake2b>> linking;
    /// Whether BLAKE2b was linked and tried, and what came of it. Both owned by this object's lock.
    private boolean linked;

    private Optional<LibcryptoBlake2b> blake2b = Optional.empty();

    private LibcryptoHashes(LibcryptoHashFunctions functions, Supplier<Optional<LibcryptoBlake2b>> linking) {
        this.functions = functions;
        this.linking = linking;
    }

    /// Finds and tries libcrypto's SHA-2; takes some 40 ms in a cold JVM. BLAKE2b is linked when it is first asked for.
    ///
    /// Empty when the machine has none, when this JVM may not call native code, and when the library does not
    /// pass the self-test.
    public static Optional<Hashes> open() {
        return LinkedHashFunctions.link(SONAME)
                .flatMap(functions -> tried(functions, () -> LinkedBlake2b.link(SONAME)));
    }

    static Optional<Hashes> tried(LibcryptoHashFunctions functions, Supplier<Optional<LibcryptoBlake2b>> blake2b) {
        return new SelfTest(functions).passes()
                ? Optional.of(new LibcryptoHashes(functions, blake2b))
                : Optional.empty();
    }

    @Override
    public boolean computes(DigestAlgorithm algorithm) {
        return algorithm != DigestAlgorithm.BLAKE2B_512 || blake2b().isPresent();
    }

    @Override
    public RunningHash start(DigestAlgorithm algorithm) {
        return algorithm == DigestAlgorithm.BLAKE2B_512
                ? new LibcryptoBlake2bHash(blake2b().orElseThrow())
                : new LibcryptoRunningHash(functions, algorithm);
    }

    @Override
    public RunningHash resume(HashState state) {
        return new LibcryptoRunningHash(functions, state);
    }

    private synchronized Optional<LibcryptoBlake2b> blake2b() {
        if (!linked) {
            blake2b = linking.get().filter(LibcryptoBlake2bHash::isRight);
            linked = true;
        }
        return blake2b;
    }
}
