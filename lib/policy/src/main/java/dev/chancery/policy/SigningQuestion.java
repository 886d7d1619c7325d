// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Artifact;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import java.time.Instant;

/// What the signing rules are asked: may this authority sign that artifact in this format, now?
///
/// @param batch requests that were made together with this one, itself included
public record SigningQuestion(Authority authority, FormatName format, Artifact artifact, Instant now, int batch) {
    /// One alone.
    public SigningQuestion(Authority authority, FormatName format, Artifact artifact, Instant now) {
        this(authority, format, artifact, now, 1);
    }
}
