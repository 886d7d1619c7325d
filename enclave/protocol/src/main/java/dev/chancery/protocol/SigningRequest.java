// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.SignatureTerms;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/// What a requester asks for.
public record SigningRequest(Target target, Encoding encoding, ArtifactName name, Measured content) {
    /// Whose signature in which format. Without a key ID the authority must have exactly one key that fits.
    public record Target(Authority authority, FormatName format, Optional<KeyId> key) {}

    public Authority authority() {
        return target.authority();
    }

    public FormatName format() {
        return target.format();
    }

    public SignatureTerms terms(Instant now) {
        return new SignatureTerms(name, encoding, now);
    }
}
