// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.RefusedException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Where a signing key is in its life. It is never stored: [KeyFacts#state] derives it.
public enum KeyState {
    /// Made, and its certificate with it; nobody outside has seen it.
    PLANNED,
    /// As many administrators as the office asks for have certified it.
    CERTIFIED,
    /// Verifiers can have it; it signs nothing yet.
    PUBLISHED,
    /// Signs. One key of an authority at most.
    ACTIVE,
    /// Signs no more, what it signed counts, and its end is still to come.
    DRAINING,
    /// Past its end.
    EXPIRED,
    /// Revoked softly (retired, superseded): what it signed before counts for who looks at times.
    RETIRED,
    /// Revoked hard (compromised, no reason): nothing that it ever signed counts.
    COMPROMISED;

    /// What may come directly after this state. What is not here never happens by a command.
    public Set<KeyState> successors() {
        return switch (this) {
            case PLANNED -> EnumSet.of(CERTIFIED, EXPIRED, RETIRED, COMPROMISED);
            // Back to planned: an administrator takes his certification back, or the office asks for more of them.
            case CERTIFIED -> EnumSet.of(PLANNED, PUBLISHED, EXPIRED, RETIRED, COMPROMISED);
            case PUBLISHED -> EnumSet.of(ACTIVE, EXPIRED, RETIRED, COMPROMISED);
            case ACTIVE -> EnumSet.of(DRAINING, EXPIRED, RETIRED, COMPROMISED);
            // Back to active: the next key turned out to be wrong.
            case DRAINING -> EnumSet.of(ACTIVE, EXPIRED, RETIRED, COMPROMISED);
            // Back by an extension; a key that never signed has nothing that an extension would save.
            case EXPIRED -> EnumSet.of(ACTIVE, DRAINING, COMPROMISED);
            // That it was stolen may be found out later.
            case RETIRED -> EnumSet.of(COMPROMISED);
            case COMPROMISED -> EnumSet.noneOf(KeyState.class);
        };
    }

    public boolean mayBecome(KeyState next) {
        return successors().contains(next);
    }

    /// Throws `RefusedException` (rule `key-state`) when `next` may not follow. `subject` begins the sentence:
    /// `key 2027a of release`.
    public void requireBecoming(KeyState next, String subject) {
        if (!mayBecome(next)) {
            throw new RefusedException(
                    "key-state", "%s is %s and does not become %s".formatted(subject, label(), next.label()));
        }
    }

    /// Whether verifiers that have its certificate and look at times accept something by it.
    public boolean isInUse() {
        return this == ACTIVE || this == DRAINING;
    }

    /// Whether it is over, and no command brings it back.
    public boolean isRevoked() {
        return this == RETIRED || this == COMPROMISED;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
