// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.RefusedException;
import java.time.Instant;
import java.util.Collection;

/// Whether a key may sign from now on.
///
/// @param cycle the key's own
/// @param facts the key's own
/// @param others the states of the authority's other keys
public record Activation(Cycle cycle, KeyFacts facts, Collection<KeyState> others) {
    /// When it may be used at the earliest, as far as the clock decides it. A next key has to be published for the
    /// overlap, and its cycle has to have begun. Where no other key of the authority is in use there is nothing to
    /// overlap with: a first key, and one that stands in for a compromised one, sign at once.
    public Instant earliest() {
        Instant published = facts.uses().published().orElse(Instant.MAX);
        if (others.stream().noneMatch(KeyState::isInUse)
                || facts.uses().activated().isPresent()) {
            return published;
        }
        Instant fetched = published.equals(Instant.MAX) ? published : published.plus(cycle.overlap());
        return fetched.isAfter(cycle.start()) ? fetched : cycle.start();
    }

    /// Throws `RefusedException`: rules `key-state`, `key-certification`, `key-overlap`.
    public void require(Instant now, String subject) {
        facts.state(now).requireBecoming(KeyState.ACTIVE, subject);
        if (facts.state(now) == KeyState.EXPIRED) {
            throw new RefusedException("key-state", subject + " has expired; 'key extend' comes first");
        }
        if (!facts.certified()) {
            throw new RefusedException(
                    "key-certification", subject + " lacks certifications by the administrators of the office");
        }
        if (now.isBefore(earliest())) {
            throw new RefusedException(
                    "key-overlap",
                    "%s was published at %s and signs from %s on: verifiers need %d days to have it"
                            .formatted(
                                    subject,
                                    facts.uses().published().orElseThrow(),
                                    earliest(),
                                    cycle.overlap().toDays()));
        }
    }
}
