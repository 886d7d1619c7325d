// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import java.time.Instant;

/// A key's revocation, as a verifier sees it: since when, and whether it reaches into the past.
///
/// @param hard whether nothing counts that the key ever signed (compromised, or no reason was given)
public record Revocation(Instant at, boolean hard) {
    boolean isInForce(Instant now) {
        return hard || !now.isBefore(at);
    }
}
