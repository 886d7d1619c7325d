// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.keyring;

import dev.chancery.entry.KeyEntry;
import dev.chancery.entry.LogEntry;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.packet.Certificate;
import dev.chancery.store.ledger.EntryQuery;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.Page;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Notices when a key begins to sign, as the first or in the place of another one, and has the log say so before its
/// first signature. For many threads.
public final class KeyTurns {
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /// Entries about a key that come before its first signature, by far.
    private static final int EVENTS_MAX = 20;

    private final PublishedKeyring keyring;
    private final Ledger ledger;
    private final KeyEvents log;
    private final InstantSource clock;

    /// Held by whoever looks whether a key is new: two first signatures at once begin one turn.
    private final ReentrantLock turning = new ReentrantLock();

    /// Keys of which nothing is to be said any more.
    private final Set<KeyId> settled = ConcurrentHashMap.newKeySet();

    public KeyTurns(PublishedKeyring keyring, Ledger ledger, KeyEvents log, InstantSource clock) {
        this.keyring = keyring;
        this.ledger = ledger;
        this.log = log;
        this.clock = clock;
    }

    /// Before signatures by these keys are recorded.
    ///
    /// @param inUse every key that enclaves sign by now
    public void before(Set<KeyId> signing, Supplier<List<Key>> inUse) {
        if (settled.containsAll(signing)) {
            return;
        }
        turning.lock();
        try {
            for (KeyId id : signing) {
                if (!settled.contains(id)) {
                    var known = inUse.get();
                    known.stream()
                            .filter(key -> key.id().equals(id))
                            .findFirst()
                            .ifPresent(
                                    key -> turn(key, known.stream().map(Key::id).collect(Collectors.toSet())));
                    settled.add(id);
                }
            }
        } finally {
            turning.unlock();
        }
    }

    private void turn(Key key, Set<KeyId> inUse) {
        if (Joinings.version(key.format()).isEmpty() || hasSigned(key.id())) {
            return;
        }
        var said = said(key);
        var ofKey = said.getOrDefault(key.id(), Set.of());
        if (ofKey.contains(KeyEntry.Event.ACTIVATED)) {
            return;
        }
        var events = new LinkedHashMap<PublishedCertificate, List<KeyEvents.Event>>();
        for (var certificate : keyring.certificates()) {
            if (certificate.authority().equals(key.authority())
                    && Joinings.format(certificate.version()).equals(key.format())) {
                events.put(certificate, events(others(key, certificate), inUse, said));
            }
        }
        certificateOf(key, events.keySet()).ifPresent(own -> {
            var began = new ArrayList<KeyEvents.Event>();
            if (!ofKey.contains(KeyEntry.Event.ANNOUNCED)) {
                began.add(new KeyEvents.Event(KeyEntry.Event.ANNOUNCED, key.id()));
            }
            began.add(new KeyEvents.Event(KeyEntry.Event.ACTIVATED, key.id()));
            log.append(Optional.empty(), own, began);
        });
        events.forEach((certificate, ended) -> {
            if (!ended.isEmpty()) {
                log.append(Optional.empty(), certificate, ended);
            }
        });
    }

    private Optional<PublishedCertificate> certificateOf(Key key, Collection<PublishedCertificate> certificates) {
        return certificates.stream()
                .filter(one -> facts(one)
                        .anyMatch(facts -> facts.id().filter(key.id()::equals).isPresent()))
                .findFirst();
    }

    /// The other keys of a certificate that signed, in use or not.
    private List<Certificate.KeyFacts> others(Key key, PublishedCertificate certificate) {
        return facts(certificate)
                .filter(facts -> facts.signs()
                        && facts.id()
                                .filter(id -> !id.equals(key.id()) && hasSigned(id))
                                .isPresent())
                .toList();
    }

    /// What is to be said of them.
    private static List<KeyEvents.Event> events(
            List<Certificate.KeyFacts> others, Set<KeyId> inUse, Map<KeyId, Set<KeyEntry.Event>> said) {
        return others.stream()
                .flatMap(facts -> facts.id().stream()
                        .filter(id -> !inUse.contains(id))
                        .map(id -> new KeyEvents.Event(end(facts.state()), id)))
                .filter(event -> !said.getOrDefault(event.key(), Set.of()).contains(event.event()))
                .toList();
    }

    private static KeyEntry.Event end(Certificate.State state) {
        return switch (state) {
            case GOOD -> KeyEntry.Event.RELEASED;
            case RETIRED -> KeyEntry.Event.RETIRED;
            case REVOKED -> KeyEntry.Event.REVOKED;
        };
    }

    /// Two changes of one second are dated a second apart: the newest may be of a moment to come.
    private Stream<Certificate.KeyFacts> facts(PublishedCertificate certificate) {
        return certificate.certificate().keys(clock.instant().plus(AHEAD)).stream();
    }

    /// What the log said of each of an authority's keys. Entries about keys are few.
    private Map<KeyId, Set<KeyEntry.Event>> said(Key key) {
        var said = new HashMap<KeyId, Set<KeyEntry.Event>>();
        for (var entry : ledger.aboutKeys(0, ledger.published().size())) {
            if (entry.facts().authority().filter(key.authority()::equals).isPresent()
                    && LogEntry.parse(entry.leaf()) instanceof KeyEntry about) {
                said.computeIfAbsent(about.owned().key(), id -> new HashSet<>()).add(about.event());
            }
        }
        return said;
    }

    private boolean hasSigned(KeyId id) {
        var size = ledger.published().size();
        return ledger.find(EntryQuery.all().ofKey(id), Page.first(EVENTS_MAX), size).stream()
                .anyMatch(entry -> entry.facts().encoding().isPresent());
    }
}
