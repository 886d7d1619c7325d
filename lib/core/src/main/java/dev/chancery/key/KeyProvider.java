// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import java.util.List;

/// Where private keys live: `file`, `pkcs11`, later `vault`. A provider performs private-key operations and
/// decides nothing: who may have what signed is the engine's business.
public interface KeyProvider {
    /// Every key that is there, without opening any. Throws `UnavailableException` when the place cannot be
    /// read and `RefusedException` when it is not private enough.
    List<Key> keys();

    /// Opens a key for use; may take as long as a passphrase takes to stretch, or a token to answer.
    ///
    /// Throws `MalformedException` when the key is damaged, `RefusedException` when the passphrase or PIN is wrong,
    /// `UnavailableException` when there is no such key.
    SigningKey open(KeyId id);
}
