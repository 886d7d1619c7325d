// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.keyring;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.entry.KeyEntry;
import dev.chancery.key.KeyId;
import dev.chancery.server.log.Sequencer;
import dev.chancery.store.ledger.EntryFacts;
import dev.chancery.store.ledger.EntryKind;
import dev.chancery.store.ledger.Item;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.ledger.Submission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Has the log say what happened to keys of OpenPGP certificates.
public final class KeyEvents {
    /// What happened to a key.
    record Event(KeyEntry.Event event, KeyId key) {}

    private final Sequencer sequencer;
    private final InstantSource clock;

    public KeyEvents(Sequencer sequencer, InstantSource clock) {
        this.sequencer = sequencer;
        this.clock = clock;
    }

    /// Entries about keys of a certificate, each with the whole of it; published when this returns.
    ///
    /// Throws `UnavailableException` when they could not be recorded or published.
    List<Sequencer.Logged> append(Optional<Requester> requester, PublishedCertificate certificate, List<Event> events) {
        var items = events.stream()
                .map(event -> (Item) entry(requester, certificate, event))
                .toList();
        try {
            return sequencer
                    .submit(new Submission(Optional.empty(), items))
                    .join()
                    .items()
                    .orElseThrow();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChanceryException error) {
                throw error;
            }
            throw new UnavailableException("the log failed: " + e.getCause(), e);
        }
    }

    private NewEntry entry(Optional<Requester> requester, PublishedCertificate certificate, Event event) {
        Instant time = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var authority = certificate.authority();
        var format = Joinings.format(certificate.version());
        Bytes file = certificate.armored();
        var leaf = new KeyEntry(new KeyEntry.Owned(authority, format, event.key()), event.event(), sha256(file), time);
        var facts = new EntryFacts(
                EntryKind.KEY,
                Optional.of(authority),
                Optional.of(format),
                Optional.empty(),
                Optional.of(event.key()),
                requester,
                time);
        return new NewEntry(Bytes.of(leaf.leafHash().toArray()), leaf.encode(), facts, List.of(), file);
    }

    private static Digest sha256(Bytes file) {
        try {
            return new Digest(
                    DigestAlgorithm.SHA256, MessageDigest.getInstance("SHA-256").digest(file.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
