// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.RefusedException;
import java.time.Instant;
import java.util.Optional;

/// Whether a key may sign from now on.
///
/// @param cycle the key's own
/// @param facts the key's own
/// @param last the state of the other key of the authority that was activated last
public record Activation(Cycle cycle, KeyFacts facts, Optional<KeyState> last) {
    /// When it may be used at the earliest, as far as the clock decides it. A next key has to be published for
    /// the overlap, and its cycle has to have begun. A first key, and the successor of one that was revoked or
    /// has expired, sign at once: there is nothing to overlap with.
    public Instant earliest() {
        Instant published = facts.uses().published().orElse(Instant.MAX);
        if (last.filter(KeyState::isInUse).isEmpty() || facts.uses().activated().isPresent()) {
            return published;
        }
        Instant fetched = published.equals(Instant.MAX) ? published : published.plus(cycle.overlap());
        return fetched.isAfter(cycle.start()) ? fetched : cycle.start();
    }

    /// Throws `RefusedException`: rules `key-state`, `key-certification`, `key-overlap`.
    public void require(Instant now, String subject) {
        KeyState state = facts.state(now);
        if (state == KeyState.PLANNED || state == KeyState.CERTIFIED) {
            throw new RefusedException(
                    "key-state",
                    "%s is %s and nobody has it yet; 'key publish' comes first".formatted(subject, state.label()));
        }
        state.requireBecoming(KeyState.ACTIVE, subject);
        if (state == KeyState.EXPIRED) {
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
