// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.ArtifactName;
import dev.chancery.verification.VerifiedSignature;
import java.util.List;

/// An artifact whose signatures a policy has accepted. Only [VerificationPolicy#evaluate] makes these.
public final class VerifiedArtifact {
    private final ArtifactName name;
    private final Label policy;
    private final List<VerifiedSignature> signatures;

    VerifiedArtifact(ArtifactName name, Label policy, List<VerifiedSignature> signatures) {
        this.name = name;
        this.policy = policy;
        this.signatures = List.copyOf(signatures);
    }

    public ArtifactName name() {
        return name;
    }

    /// The name of the policy that accepted it.
    public Label policy() {
        return policy;
    }

    /// The signatures that the policy asks for; others that were there are left out.
    public List<VerifiedSignature> signatures() {
        return signatures;
    }

    @Override
    public String toString() {
        return "%s accepted by %s for %s".formatted(name, policy, signatures);
    }
}
