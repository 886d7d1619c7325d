// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.key.SigningKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/// A new key that wants its public key file: a certificate where the format has them.
///
/// `certifier` is the authority's certify-only key; it is there exactly when the format's description asks
/// for one.
public record KeyPublication(SigningKey key, Optional<Certifier> certifier, String userId, Instant now) {
    /// The certify-only key, and randomness for the salts of what it signs.
    public record Certifier(SigningKey key, SecureRandom random) {}
}
