// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.key.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// A key that shall be made: everything but the numbers. Times are whole seconds from 1970 to 2106.
public record NewKey(
        Authority authority,
        FormatName format,
        KeyPurpose purpose,
        KeyAlgorithm algorithm,
        Instant created,
        Optional<Instant> expires,
        Optional<Namespace> namespace) {

    /// What a key that is there was made as. Throws `MalformedException` for a public key of no algorithm
    /// that the office makes.
    public static NewKey of(Key key) {
        return new NewKey(
                key.authority(),
                key.format(),
                key.purpose(),
                algorithm(key.publicKey()),
                key.created(),
                key.expires(),
                key.namespace());
    }

    public Key with(PublicKey publicKey) {
        return new Key(authority, format, purpose, created, expires, namespace, publicKey);
    }

    private static KeyAlgorithm algorithm(PublicKey publicKey) {
        return Arrays.stream(KeyAlgorithm.values())
                .filter(algorithm -> algorithm.scheme() == publicKey.scheme() && algorithm.bits() == publicKey.bits())
                .findFirst()
                .orElseThrow(() -> new MalformedException(
                        "public key of %d bits is of no algorithm that the office makes".formatted(publicKey.bits())));
    }
}
