// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.verification;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import dev.chancery.policy.Label;
import dev.chancery.policy.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What is asked about an artifact.
public sealed interface VerificationQuestion {
    /// Requirements of one question.
    int REQUIREMENTS_MAX = 64;

    Digest sha256();

    /// By requirements that the asker writes: `"require":["jenkins-prd","2:qa,security,release"]`.
    record Required(Digest sha256, List<Requirement> require) implements VerificationQuestion {}

    /// By a policy of the server, which looks at the artifact's name, too.
    record ByPolicy(Digest sha256, ArtifactName artifact, Label policy, Optional<Wanted> summary)
            implements VerificationQuestion {}

    /// A signed summary: `"summary":{"as":"verifier","resource":"pkg:maven/org.example/app@1.0"}`.
    record Wanted(Authority authority, Optional<KeyId> key, Optional<URI> resource) {}

    static VerificationQuestion read(JsonObject body) {
        var sha256 = body.text("sha256", hex -> Digest.parse(DigestAlgorithm.SHA256, hex));
        var policy = body.optionalText("policy", Label::new);
        if (policy.isEmpty()) {
            return new Required(sha256, body.list("require", 1, REQUIREMENTS_MAX, one -> one.text(Requirement::parse)));
        }
        return new ByPolicy(
                sha256,
                body.text("artifact", ArtifactName::new),
                policy.get(),
                body.optional("summary").map(value -> value.object(VerificationQuestion::wanted)));
    }

    private static Wanted wanted(JsonObject summary) {
        return new Wanted(
                summary.text("as", Authority::new),
                summary.optionalText("key", KeyId::new),
                summary.optionalText("resource", Summary::resource));
    }
}
