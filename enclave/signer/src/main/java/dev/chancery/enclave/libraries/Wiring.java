// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.libraries;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.ProviderSignatureChecks;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Hashes;
import dev.chancery.keys.file.PrivateKeyLibrary;
import dev.chancery.keys.file.ProviderLibrary;
import dev.chancery.keys.file.QuickStartLibrary;
import dev.chancery.libcrypto.LargeContentHashes;
import dev.chancery.libcrypto.LibcryptoHashes;
import java.security.Provider;

/// The one place that knows which library does what in this process. The choices are measured:
/// docs/performance.md.
public record Wiring(Hashes hashes, Formats formats, PrivateKeyLibrary privateKeys) {
    /// Signatures in one run from which on a native provider, which takes a third of a second to start, pays:
    /// RSA-4096 takes 1.5 ms by it and 20 ms without.
    public static final int MANY_SIGNATURES = 100;

    /// For one signature or a few, and for verification: nothing native to start.
    ///
    /// Bouncy Castle hashes what is small; OpenSSL's libcrypto takes over where content is large and the
    /// library is there (docs/decisions/0002-hash-state.md).
    public static Wiring ofLibraries() {
        var small = new BouncyCastleHashes();
        return new Wiring(large(small), Formats.all(small), new QuickStartLibrary());
    }

    /// For many signatures: Amazon's Corretto Crypto Provider where its native part loads on this machine and
    /// passes its own tests, else the same as for few.
    public static Wiring forSignatures(int count) {
        if (count < MANY_SIGNATURES) {
            return ofLibraries();
        }
        return NativeProvider.find().map(Wiring::of).orElseGet(Wiring::ofLibraries);
    }

    private static Wiring of(Provider provider) {
        var small = new BouncyCastleHashes();
        var formats = Formats.all(small, new ProviderSignatureChecks(provider));
        return new Wiring(large(small), formats, new ProviderLibrary(provider));
    }

    private static Hashes large(Hashes small) {
        return new LargeContentHashes(small, LibcryptoHashes::open);
    }
}
