// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;
import dev.chancery.entry.HashedRekord;
import dev.chancery.entry.KeyEntry;
import dev.chancery.entry.LogEntry;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.tree.TreeAudit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Picks out of a log, entry by entry, what the old key signed, and what the new key signed again already.
final class FoundEntries implements TreeAudit.Entries {
    /// Signatures of one run: half a gigabyte of memory, or so. `--since` and `--until` make several runs of more.
    static final int SIGNATURES_MAX = 1_000_000;

    private final KeyId old;
    private final KeyId successor;
    private final Bounds bounds;
    private final int signaturesMax;
    private final Map<Matter, Found> signed = new LinkedHashMap<>();
    private final Map<Matter, Long> again = new HashMap<>();
    private long unknown;

    FoundEntries(KeyId old, KeyId successor, Bounds bounds) {
        this(old, successor, bounds, SIGNATURES_MAX);
    }

    FoundEntries(KeyId old, KeyId successor, Bounds bounds, int signaturesMax) {
        this.old = old;
        this.successor = successor;
        this.bounds = bounds;
        this.signaturesMax = signaturesMax;
    }

    /// An entry by the old key.
    record Found(long index, Bytes leaf, LogEntry entry) {}

    /// What makes two signatures one and the same but for the key: two over one file under two names are two.
    private record Matter(Digest digest, String form) {
        static Matter of(SignatureEntry entry) {
            var artifact = entry.signed().artifact();
            return new Matter(
                    entry.signed().sha256(),
                    "%s %s %s %s"
                            .formatted(
                                    entry.by().authority(),
                                    entry.by().format(),
                                    entry.by().encoding(),
                                    artifact.name()));
        }

        /// Which of several it is does not show: the log does not say when they were made.
        static Matter of(HashedRekord entry) {
            return new Matter(entry.digest(), "");
        }
    }

    @Override
    public void take(long index, Bytes leaf) {
        LogEntry entry;
        try {
            entry = LogEntry.parse(leaf);
        } catch (MalformedException e) {
            unknown++;
            return;
        }
        switch (entry) {
            case SignatureEntry signature ->
                take(
                        new Found(index, leaf, entry),
                        signature.by().key(),
                        Matter.of(signature),
                        bounds.has(signature.time()));
            case HashedRekord rekord ->
                take(
                        new Found(index, leaf, entry),
                        PublicKey.parse(rekord.publicKey().toArray()).id(),
                        Matter.of(rekord),
                        true);
            case KeyEntry key -> {
                // Nothing was signed.
            }
        }
    }

    private void take(Found found, KeyId by, Matter matter, boolean meant) {
        if (by.equals(successor)) {
            again.putIfAbsent(matter, found.index());
        }
        if (by.equals(old) && meant && signed.putIfAbsent(matter, found) == null && signed.size() > signaturesMax) {
            throw new MalformedException(
                    "the key signed more than %d times; --since and --until make several runs of it"
                            .formatted(signaturesMax));
        }
    }

    /// What the old key signed, in the order of the log.
    Iterable<Found> signed() {
        return signed.values();
    }

    /// Where the same signature by the new key stands.
    Optional<Long> again(Found found) {
        return Optional.ofNullable(again.get(
                switch (found.entry()) {
                    case SignatureEntry signature -> Matter.of(signature);
                    case HashedRekord rekord -> Matter.of(rekord);
                    case KeyEntry key -> throw new IllegalStateException("not a signature");
                }));
    }

    /// Those that are of no kind that is known here.
    long unknown() {
        return unknown;
    }
}
