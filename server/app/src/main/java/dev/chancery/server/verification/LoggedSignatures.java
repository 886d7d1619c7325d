// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.verification;

import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.Envelope;
import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.core.UnavailableException;
import dev.chancery.policy.SignedBy;
import dev.chancery.server.keyring.PublishedKeyring;
import dev.chancery.statement.Statement;
import dev.chancery.store.ledger.Entry;
import dev.chancery.store.ledger.EntryQuery;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.Page;
import dev.chancery.verification.Keyring;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who signed an artifact, by the log and the keyring: see the package comment. For many threads.
public final class LoggedSignatures {
    private final Ledger ledger;
    private final PublishedKeyring keyring;

    public LoggedSignatures(Ledger ledger, PublishedKeyring keyring) {
        this.ledger = ledger;
        this.keyring = keyring;
    }

    /// What a policy looks at, each with the first entry that says so.
    public SortedMap<SignedBy, Entry> over(Digest sha256) {
        var signed = new TreeMap<SignedBy, Entry>();
        var keys = keys();
        long size = ledger.published().size();
        var page = Page.first(Page.ENTRIES_MAX);
        List<Entry> found;
        do {
            found = ledger.find(EntryQuery.all().ofArtifact(sha256), page, size);
            found.forEach(entry -> signedBy(entry, keys).ifPresent(by -> signed.putIfAbsent(by, entry)));
            page = found.isEmpty() ? page : Page.after(found.getLast().index(), Page.ENTRIES_MAX);
        } while (found.size() == Page.ENTRIES_MAX);
        return signed;
    }

    private Keyring keys() {
        try {
            return keyring.read();
        } catch (MalformedException e) {
            // It is the server's own, and no fault of who asks.
            throw new UnavailableException(e.sentence(), e);
        }
    }

    private Optional<SignedBy> signedBy(Entry entry, Keyring keys) {
        var facts = entry.facts();
        if (facts.authority().isEmpty()
                || facts.format().isEmpty()
                || facts.key().isEmpty()) {
            return Optional.empty();
        }
        var authority = facts.authority().get();
        var format = facts.format().get();
        if (keys.signer(format, facts.key().get(), facts.made())
                .filter(authority::equals)
                .isEmpty()) {
            return Optional.empty();
        }
        return switch (facts.kind()) {
            case SIGNATURE -> Optional.of(new SignedBy(authority, format));
            case STATEMENT -> said(entry).map(said -> new SignedBy(authority, format, Optional.of(said)));
            case TAG, KEY, RULE, APPROVAL -> Optional.empty();
        };
    }

    /// What cannot be read says nothing.
    private Optional<Predicate> said(Entry entry) {
        try {
            return ledger.blob(entry.blob())
                    .flatMap(Bundle::read)
                    .map(Bundle::content)
                    .filter(Envelope.class::isInstance)
                    .map(content ->
                            Statement.read(((Envelope) content).payload()).said());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
