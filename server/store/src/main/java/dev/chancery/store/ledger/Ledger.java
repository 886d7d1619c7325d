// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Row;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The entries of the log. See the package comment.
public final class Ledger {
    /// Entries that are appended at once.
    public static final int BATCH_ENTRIES_MAX = 10_000;

    /// Leaves that are read at once: one tile's.
    private static final int LEAVES = 256;
    /// Hashes that are read at once: 256 KiB.
    private static final int HASHES = 8_192;

    private final Database database;
    private final InstantSource clock;
    private final Publishing publishing;

    public Ledger(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.publishing = new Publishing(database, this);
    }

    /// Appends what came out of some requests, in this order; durable when it returns, all of it or nothing.
    ///
    /// A leaf that is in the log already, also from earlier in the same batch, gets no second entry. Who does
    /// not know whether a batch was appended appends it again. The answer has one element for each
    /// submission.
    public List<Appended> append(List<Submission> batch) {
        long entries = batch.stream()
                .flatMap(submission -> submission.items().stream())
                .filter(NewEntry.class::isInstance)
                .count();
        if (entries > BATCH_ENTRIES_MAX) {
            throw new MalformedException("batch has %d entries, more than %d".formatted(entries, BATCH_ENTRIES_MAX));
        }
        return batch.isEmpty()
                ? List.of()
                : database.write(session -> new Appending(session, clock.instant()).all(batch));
    }

    /// How many entries there are, published or not.
    public long size() {
        return database.read(session -> session.first("SELECT size FROM log_state", Row::number))
                .orElseThrow(Ledger::withoutState);
    }

    /// Has what was appended since the last time published, and returns what is published now.
    ///
    /// The publisher is not called where there is nothing new; before the first publication there is, even if
    /// the log is empty. Publishers take turns, also those of different servers on PostgreSQL.
    public Publication publish(Publisher publisher) {
        return publishing.publish(publisher);
    }

    public Publication published() {
        return publishing.published();
    }

    public Optional<Entry> entry(long index) {
        return database.read(session -> EntryRows.byIndex(session, index));
    }

    public Optional<Entry> byLeafHash(Bytes leafHash) {
        return database.read(session -> EntryRows.byLeafHash(session, leafHash));
    }

    /// A page of the entries that are wanted, of the first `size` entries of the log ([Publication#size()]).
    public List<Entry> find(EntryQuery query, Page page, long size) {
        return database.read(session -> EntryRows.find(session, query, page, size));
    }

    /// The entries about keys from one index to before another, in their order: there are few, and none is left
    /// out.
    public List<Entry> aboutKeys(long from, long to) {
        return database.read(session -> EntryRows.aboutKeys(session, from, to));
    }

    /// What stands under this digest. Other bytes than those are never returned: then the store is damaged,
    /// and this is unavailable.
    public Optional<Bytes> blob(Digest sha256) {
        Subject.require(sha256, DigestAlgorithm.SHA256);
        var content = database.read(
                session -> session.first("SELECT content FROM blob WHERE sha256 = ?", Row::array, sha256));
        if (content.isPresent() && !Leaf.digest(content.get()).equals(sha256)) {
            throw new UnavailableException("the store has other bytes under " + sha256 + " than those");
        }
        return content.map(Bytes::of);
    }

    /// Shows the leaves from one index to before another, a tile's worth of them in memory at a time.
    public void leaves(long from, long to, LeafVisitor visitor) {
        for (long start = from; start < to; start += LEAVES) {
            EntryRows.leaves(database, start, Math.min(to, start + LEAVES))
                    .forEach(leaf -> visitor.leaf(leaf.index(), leaf.hash(), leaf.leaf()));
        }
    }

    /// Shows the hashes of leaves from one index to before another, some thousand of them in memory at a time.
    public void hashes(long from, long to, HashVisitor visitor) {
        for (long start = from; start < to; start += HASHES) {
            EntryRows.hashes(database, start, Math.min(to, start + HASHES))
                    .forEach(leaf -> visitor.hash(leaf.index(), leaf.hash()));
        }
    }

    static UnavailableException withoutState() {
        return new UnavailableException("the store has lost the state of its log");
    }
}
