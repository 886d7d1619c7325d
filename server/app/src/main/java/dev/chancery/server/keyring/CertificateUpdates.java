// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.keyring;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.entry.KeyEntry;
import dev.chancery.key.KeyId;
import dev.chancery.log.Receipt;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.Certificate;
import dev.chancery.store.request.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes updates of certificates: joined, checked, logged, and then handed out. See the package comment.
public final class CertificateUpdates {
    /// What happened to one key, and where the log has it.
    public record Change(KeyEntry.Event event, KeyId key, long index, Receipt receipt) {}

    /// What there is now, and what an update changed; nothing when all of it was known.
    public record Updated(PublishedCertificate certificate, List<Change> changes) {}

    private final PublishedKeyring keyring;
    private final Joinings joinings;
    private final KeyEvents log;
    private final InstantSource clock;

    public CertificateUpdates(PublishedKeyring keyring, Joinings joinings, KeyEvents log, InstantSource clock) {
        this.keyring = keyring;
        this.joinings = joinings;
        this.log = log;
        this.clock = clock;
    }

    /// Updates a certificate of the keyring.
    ///
    /// Throws `RefusedException` by a rule of the package comment, `MalformedException` for what is no
    /// certificate, and `UnavailableException` when it could not be recorded or published; the same update may be
    /// sent again then.
    public Updated update(Requester requester, PublishedCertificate known, Bytes update) {
        var joining = joinings.of(known.version());
        Bytes before = joining.clean(known.packets());
        Bytes after = joining.join(before, update);
        if (after.equals(before)) {
            requireNothingMissing(known, update);
            return new Updated(known, List.of());
        }
        Instant now = clock.instant();
        var changed = new PublishedCertificate(
                known.authority(),
                known.version(),
                BouncyCastleReading.certificates(after, known.version()).getFirst(),
                after);
        requireNoRevival(states(known.certificate(), now), states(changed.certificate(), now));
        requireKeyring(changed);
        return new Updated(
                changed, logged(requester, changed, events(known.certificate(), changed.certificate(), now)));
    }

    /// A whole certificate that brings nothing says the same as what is known, or it is an older one: gpg leaves
    /// out what was said before and holds no more. What is not whole is a revocation that is known.
    private void requireNothingMissing(PublishedCertificate known, Bytes update) {
        Certificate said;
        try {
            Bytes clean = joinings.of(known.version()).clean(update);
            said = BouncyCastleReading.certificates(clean, known.version()).getFirst();
        } catch (MalformedException e) {
            return;
        }
        Instant now = clock.instant();
        if (!said.keys(now).equals(known.certificate().keys(now))
                || !said.users(now).equals(known.certificate().users(now))) {
            throw new RefusedException(
                    "certificate-older",
                    "the certificate %s brings nothing new and lacks what is known: it is an older one"
                            .formatted(known.fingerprint()));
        }
    }

    private static Map<Bytes, Certificate.KeyFacts> states(Certificate certificate, Instant now) {
        var states = new HashMap<Bytes, Certificate.KeyFacts>();
        certificate.keys(now).forEach(key -> states.put(key.fingerprint(), key));
        return states;
    }

    private static void requireNoRevival(
            Map<Bytes, Certificate.KeyFacts> before, Map<Bytes, Certificate.KeyFacts> after) {
        before.forEach((fingerprint, was) -> {
            var is = after.getOrDefault(fingerprint, was);
            if (is.state().compareTo(was.state()) < 0) {
                throw new RefusedException(
                        "certificate-revival",
                        "by the certificate, the retired key %s would be in force again; make a new key"
                                .formatted(was.fingerprintText()));
            }
        });
    }

    private void requireKeyring(PublishedCertificate changed) {
        try {
            keyring.readWith(changed);
        } catch (MalformedException e) {
            throw new RefusedException("keyring", "with this certificate the keyring would be wrong: " + e.sentence());
        }
    }

    /// What is new of each key; of the primary key, that its certificate says more, when it is nothing else.
    private static List<KeyEvents.Event> events(Certificate before, Certificate after, Instant now) {
        var known = states(before, now);
        var events = new ArrayList<KeyEvents.Event>();
        for (var key : after.keys(now)) {
            var was = Optional.ofNullable(known.get(key.fingerprint()));
            if (key.id().isPresent()
                    && was.map(Certificate.KeyFacts::state)
                            .filter(key.state()::equals)
                            .isEmpty()) {
                events.add(new KeyEvents.Event(event(key.state()), key.id().get()));
            }
        }
        if (events.isEmpty()) {
            after.keys(now).stream()
                    .flatMap(key -> key.id().stream())
                    .findFirst()
                    .ifPresent(key -> events.add(new KeyEvents.Event(KeyEntry.Event.UPDATED, key)));
        }
        return events;
    }

    private static KeyEntry.Event event(Certificate.State state) {
        return switch (state) {
            case GOOD -> KeyEntry.Event.ANNOUNCED;
            case RETIRED -> KeyEntry.Event.RETIRED;
            case REVOKED -> KeyEntry.Event.REVOKED;
        };
    }

    private List<Change> logged(Requester requester, PublishedCertificate changed, List<KeyEvents.Event> events) {
        var logged = log.append(Optional.of(requester), changed, events);
        var changes = new ArrayList<Change>();
        for (int i = 0; i < events.size(); i++) {
            if (logged.get(i).outcome() instanceof Outcome.Logged(long index, boolean repeated)) {
                changes.add(new Change(
                        events.get(i).event(),
                        events.get(i).key(),
                        index,
                        logged.get(i).receipt().orElseThrow()));
            }
        }
        return changes;
    }
}
