// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.SignatureTerms;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/// What a requester asks for.
///
/// @param dataDigest see [SignatureTerms]; what asks through a request door has no word for it
public record SigningRequest(
        Target target, Encoding encoding, ArtifactName name, Measured content, boolean dataDigest) {
    /// Nothing is repeated.
    public SigningRequest(Target target, Encoding encoding, ArtifactName name, Measured content) {
        this(target, encoding, name, content, false);
    }

    /// Whose signature in which format. Without a key ID the authority must have exactly one key that fits.
    public record Target(Authority authority, FormatName format, Optional<KeyId> key) {}

    /// Reads a request as a question has it; see the package comment.
    public static SigningRequest read(JsonObject object) {
        return RequestJson.read(object);
    }

    /// As it stands in a question.
    public Json toJson() {
        return RequestJson.write(this);
    }

    public Authority authority() {
        return target.authority();
    }

    public FormatName format() {
        return target.format();
    }

    public SignatureTerms terms(Instant now) {
        return new SignatureTerms(name, encoding, now, dataDigest);
    }
}
