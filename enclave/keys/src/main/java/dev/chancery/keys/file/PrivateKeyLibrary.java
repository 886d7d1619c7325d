// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.key.PublicKey;

/// A library that performs private-key operations. The wiring of each process chooses one: see the package comment.
public interface PrivateKeyLibrary {
    /// Loads a private key (PKCS #8 in the form of [PrivateKeyInfo]) whose public half has been checked.
    ///
    /// The library keeps what it needs in copies of its own; the caller closes `pkcs8`. Throws
    /// `UnavailableException` when the library does not take such a key.
    PrivateKeyOperation load(PublicKey publicKey, SecretBytes pkcs8);
}
