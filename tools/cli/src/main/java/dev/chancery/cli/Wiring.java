// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.enclave.Formats;
import dev.chancery.hashing.Hashes;
import dev.chancery.libcrypto.LargeContentHashes;
import dev.chancery.libcrypto.LibcryptoHashes;

/// The one place that knows which library does what in this process.
record Wiring(Hashes hashes, Formats formats) {
    /// Everything that verification needs: no key, no office.
    ///
    /// Bouncy Castle hashes what is small; OpenSSL's libcrypto takes over where content is large and the library is there
    /// (docs/decisions/0002-hash-state.md).
    static Wiring ofLibraries() {
        var small = new BouncyCastleHashes();
        return new Wiring(new LargeContentHashes(small, LibcryptoHashes::open), Formats.all(small));
    }
}
