// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.core.RefusedException;
import dev.chancery.life.KeyState;
import dev.chancery.life.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Publishes keys, takes them into use and out of it. What is done already is not done again, so each may be
/// repeated.
public final class KeyUse {
    private final KeyLife life;

    public KeyUse(KeyLife life) {
        this.life = life;
    }

    /// Into the keyring first and on record then: a key is never held to be published before it is.
    public void publish(Ledger.Entry entry) {
        if (entry.uses().published().isPresent()) {
            life.publish();
            return;
        }
        life.state(entry).requireBecoming(KeyState.PUBLISHED, life.subject(entry));
        var published = entry.with(entry.uses().published(life.now()));
        life.publish(published);
        life.save(published);
    }

    /// From now on this key signs, and the one that signed until now drains: one file, one moment.
    public void activate(Ledger.Entry entry) {
        if (life.state(entry) == KeyState.ACTIVE) {
            return;
        }
        life.activation(entry).require(life.now(), life.subject(entry));
        var ledger = life.ledger();
        for (var other : life.ledger().entries()) {
            if (life.state(other) == KeyState.ACTIVE) {
                ledger = ledger.with(other.with(other.uses().released(life.now())));
            }
        }
        life.save(ledger.with(entry.with(entry.uses().activated(life.now()))));
    }

    /// Signs no more, and is not revoked: what it signed stays good everywhere until its end.
    public void retire(Ledger.Entry entry) {
        var state = life.state(entry);
        if (state == KeyState.DRAINING) {
            return;
        }
        state.requireBecoming(KeyState.DRAINING, life.subject(entry));
        if (state != KeyState.ACTIVE) {
            throw new RefusedException("key-state", "%s is %s".formatted(life.subject(entry), state.label()));
        }
        life.save(entry.with(entry.uses().released(life.now())));
    }

    /// A step of a rotation that is due, or what it waits for.
    public record Due(Kind kind, Optional<Ledger.Entry> entry, String words) {
        /// What to do.
        public enum Kind {
            PLAN,
            PUBLISH,
            ACTIVATE,
            WAIT
        }
    }

    /// The one step that brings the next key closer to signing. With a key that signs and no next one it is a
    /// plan; a next key that has all it needs is published, then activated.
    public Due due() {
        var waiting = new ArrayList<Ledger.Entry>();
        for (var entry : life.ledger().entries()) {
            switch (life.state(entry)) {
                case PLANNED, CERTIFIED, PUBLISHED -> waiting.add(entry);
                case ACTIVE, DRAINING, EXPIRED, RETIRED, COMPROMISED -> {}
            }
        }
        return waiting.isEmpty() ? new Due(Due.Kind.PLAN, Optional.empty(), "no next key is planned") : next(waiting);
    }

    private Due next(List<Ledger.Entry> waiting) {
        var entry = waiting.getFirst();
        var subject = life.subject(entry);
        return switch (life.state(entry)) {
            case PLANNED ->
                new Due(
                        Due.Kind.WAIT,
                        Optional.of(entry),
                        "%s has %d of %d certifications"
                                .formatted(
                                        subject,
                                        life.certifications(entry),
                                        life.ledger().certifications().required()));
            case CERTIFIED -> new Due(Due.Kind.PUBLISH, Optional.of(entry), subject + " can be published");
            default -> {
                var earliest = life.activation(entry).earliest();
                yield life.now().isBefore(earliest)
                        ? new Due(Due.Kind.WAIT, Optional.of(entry), "%s signs from %s on".formatted(subject, earliest))
                        : new Due(Due.Kind.ACTIVATE, Optional.of(entry), subject + " can be activated");
            }
        };
    }
}
