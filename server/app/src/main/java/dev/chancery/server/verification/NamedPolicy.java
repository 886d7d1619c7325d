// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.verification;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.policy.Label;
import dev.chancery.policy.VerificationPolicy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A policy of the server, and the file that it was read from.
public record NamedPolicy(VerificationPolicy policy, Bytes file) {
    static NamedPolicy parse(Bytes file) {
        return new NamedPolicy(VerificationPolicy.parse(file), file);
    }

    public Label name() {
        return policy.name();
    }

    /// What tells this version of the policy from any other.
    public Digest sha256() {
        try {
            return new Digest(
                    DigestAlgorithm.SHA256, MessageDigest.getInstance("SHA-256").digest(file.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
