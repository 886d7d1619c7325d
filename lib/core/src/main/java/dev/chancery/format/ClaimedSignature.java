// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import java.time.Instant;
import java.util.Set;

/// A signature that was read and not yet checked.
public interface ClaimedSignature {
    /// What has to be known of the content to check it; empty when the verdict is known without.
    Set<Measure> measures();

    /// Checks the signature over the content as of `now`. Never throws for a wrong signature.
    Verdict check(Measured content, Instant now);
}
