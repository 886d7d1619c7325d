// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.SigningKey;
import java.security.SecureRandom;
import java.util.Optional;

/// A key provider that can also make keys. Only what makes authorities sees this; what signs sees
/// [KeyProvider].
public interface KeyMaker extends KeyProvider {
    /// Makes a key and binds it for life. When this returns, the key is durable; RSA takes seconds, in a
    /// token up to minutes. `random` is for what the provider itself draws: a token has randomness of its
    /// own.
    ///
    /// Throws `UnavailableException` when there is no room or nobody answers; a key may be left over then
    /// that no handle names and nobody can use. Throws `RefusedException` when a passphrase or PIN is wrong
    /// or the key is not what was asked for.
    SigningKey create(NewKey wanted, SecureRandom random);

    /// Stores certificates for a key, in the place of those that it had, and gives back the key with them.
    /// When this returns they are on the disk. What they say is not looked at here.
    SigningKey certify(SigningKey key, CertificateChain certificates, SecureRandom random);

    /// The certificates that the key's signatures carry, without opening it.
    Optional<CertificateChain> certificates(Key key);
}
