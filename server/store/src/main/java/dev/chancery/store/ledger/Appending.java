// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.request.Answers;
import dev.chancery.store.request.Answers.Standing;
import dev.chancery.store.request.Claim;
import dev.chancery.store.request.Outcome;
import dev.chancery.store.sql.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One transaction that appends: who comes first, what is there already, which index each new leaf gets, the
/// rows.
final class Appending {
    private static final String STATE = "SELECT size, logged FROM log_state";
    private static final String GROW = "UPDATE log_state SET size = ?, logged = ? WHERE size = ?";
    private static final String KNOWN = "SELECT leaf_hash, entry_index FROM entry WHERE leaf_hash IN ({keys})";
    private static final String BLOB = "INSERT INTO blob (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String ENTRY =
            "INSERT INTO entry (entry_index, logged, leaf_hash, leaf, kind, authority, format,"
                    + " encoding, key_id, requester, made, blob) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SUBJECT =
            "INSERT INTO subject (entry_index, place, sha256, sha512, name, size) VALUES (?, ?, ?, ?, ?, ?)";

    private record State(long size, Instant logged) {}

    private final Session session;
    private final State before;
    private final Instant logged;
    /// Of the leaves that are in the log, or will be by the commit.
    private final Map<Bytes, Long> indexes = new HashMap<>();

    private final List<Object[]> blobs = new ArrayList<>();
    private final List<Object[]> entries = new ArrayList<>();
    private final List<Object[]> subjects = new ArrayList<>();
    private final Map<Claim, List<Outcome>> answers = new LinkedHashMap<>();

    /// Waits until this transaction is the log's only sequencer, which it is until its end.
    Appending(Session session, Instant now) {
        this.session = session;
        this.before = session.first(session.dialect().locking(STATE), row -> new State(row.number(), row.time()))
                .orElseThrow(Ledger::withoutState);
        this.logged = now.isBefore(before.logged()) ? before.logged() : now;
    }

    List<Appended> all(List<Submission> batch) {
        var claims = batch.stream()
                .flatMap(submission -> submission.claim().stream())
                .toList();
        var standings = Answers.standings(session, claims);
        findKnown(batch);
        var appended = new ArrayList<Appended>();
        for (var submission : batch) {
            var standing = submission.claim().map(claim -> standings.getOrDefault(claim, Standing.LAPSED));
            appended.add(
                    switch (standing.orElse(Standing.HELD)) {
                        case HELD -> appended(submission);
                        case ANSWERED -> answeredBefore(submission.claim().orElseThrow());
                        case LAPSED -> new Appended.Lapsed();
                    });
        }
        write();
        return appended;
    }

    private void findKnown(List<Submission> batch) {
        var hashes = batch.stream()
                .flatMap(submission -> submission.items().stream())
                .filter(NewEntry.class::isInstance)
                .map(item -> new Object[] {((NewEntry) item).leafHash()})
                .toList();
        session.listIn(KNOWN, row -> Map.entry(row.bytes(), row.number()), hashes)
                .forEach(known -> indexes.put(known.getKey(), known.getValue()));
    }

    private Appended appended(Submission submission) {
        var outcomes = submission.items().stream().map(this::outcome).toList();
        submission.claim().ifPresent(claim -> {
            if (answers.putIfAbsent(claim, outcomes) != null) {
                throw new MalformedException("one batch answers one request twice");
            }
        });
        return new Appended.Done(outcomes);
    }

    /// The commit had happened, and who made it was not told.
    private Appended answeredBefore(Claim claim) {
        return new Appended.Done(Answers.outcomes(session, claim.request()));
    }

    private Outcome outcome(Item item) {
        return switch (item) {
            case Item.Failed(String problem) -> new Outcome.Failed(problem);
            case NewEntry entry -> {
                long next = before.size() + entries.size();
                Long known = indexes.putIfAbsent(entry.leafHash(), next);
                if (known == null) {
                    add(next, entry);
                }
                yield new Outcome.Logged(known == null ? next : known, known != null);
            }
        };
    }

    private void add(long index, NewEntry entry) {
        byte[] content = entry.blob().toArray();
        var digest = Leaf.digest(content);
        var facts = entry.facts();
        blobs.add(new Object[] {digest, content});
        entries.add(new Object[] {
            index,
            logged,
            entry.leafHash(),
            entry.leaf(),
            facts.kind().label(),
            facts.authority().map(authority -> authority.name()),
            facts.format().map(format -> format.text()),
            facts.encoding().map(encoding -> encoding.label()),
            facts.key().map(key -> Bytes.of(java.util.HexFormat.of().parseHex(key.hex()))),
            facts.requester().map(requester -> requester.text()),
            facts.made(),
            digest
        });
        for (int place = 0; place < entry.subjects().size(); place++) {
            var subject = entry.subjects().get(place);
            subjects.add(new Object[] {
                index, place, subject.sha256(), subject.sha512(), subject.name().text(), subject.size()
            });
        }
    }

    private void write() {
        if (!entries.isEmpty()) {
            session.batch(BLOB, blobs);
            session.batch(ENTRY, entries);
            session.batch(SUBJECT, subjects);
            if (session.update(GROW, before.size() + entries.size(), logged, before.size()) != 1) {
                throw new UnavailableException("the store's log has grown beside its lock");
            }
        }
        Answers.write(session, answers);
    }
}
