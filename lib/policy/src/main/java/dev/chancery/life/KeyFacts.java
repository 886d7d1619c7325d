// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import java.time.Instant;
import java.util.Optional;

/// What is known of a signing key: its end and its revocation stand in its certificate, certifications too;
/// what the office did with it stands in the [Ledger].
///
/// @param expires the earlier end of the signing key and of the primary key above it
/// @param revocation of the signing key or of the primary key above it; the hard one, if one is
/// @param certified whether as many administrators as the office asks for have certified it
public record KeyFacts(
        Optional<Instant> expires, Optional<Revocation> revocation, boolean certified, Ledger.Uses uses) {
    /// The state at a time. What is recorded of later is not yet: a clock that was set back makes no key
    /// active.
    public KeyState state(Instant now) {
        if (revocation.isPresent() && revocation.get().isInForce(now)) {
            return revocation.get().hard() ? KeyState.COMPROMISED : KeyState.RETIRED;
        }
        if (isPast(expires, now)) {
            return KeyState.EXPIRED;
        }
        if (isPast(uses.activated(), now)) {
            return isPast(uses.released(), now) ? KeyState.DRAINING : KeyState.ACTIVE;
        }
        if (isPast(uses.published(), now)) {
            return KeyState.PUBLISHED;
        }
        return certified ? KeyState.CERTIFIED : KeyState.PLANNED;
    }

    private static boolean isPast(Optional<Instant> time, Instant now) {
        return time.isPresent() && !now.isBefore(time.get());
    }

    /// These facts with another end.
    public KeyFacts expiring(Optional<Instant> end) {
        return new KeyFacts(end, revocation, certified, uses);
    }

    /// These facts with another use.
    public KeyFacts used(Ledger.Uses other) {
        return new KeyFacts(expires, revocation, certified, other);
    }

    /// These facts, revoked.
    public KeyFacts revoked(Revocation by) {
        return new KeyFacts(expires, Optional.of(by), certified, uses);
    }
}
