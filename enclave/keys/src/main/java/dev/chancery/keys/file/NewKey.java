// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.PublicKey;
import java.time.Instant;
import java.util.Optional;

/// A key that shall be made: everything but the numbers. Times are whole seconds from 1970 to 2106.
public record NewKey(
        Authority authority,
        FormatName format,
        KeyPurpose purpose,
        KeyAlgorithm algorithm,
        Instant created,
        Optional<Instant> expires) {

    Key with(PublicKey publicKey) {
        return new Key(authority, format, purpose, created, expires, publicKey);
    }
}
