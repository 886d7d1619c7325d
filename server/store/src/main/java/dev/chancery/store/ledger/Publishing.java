// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.MalformedException;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Dialect;
import dev.chancery.store.sql.Session;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Publication, one at a time.
///
/// In PostgreSQL the row of the publication is locked from before the publisher is called to the commit. In
/// SQLite that would keep everybody from writing, so there the publishers of a process take turns by a lock
/// of the process, and the row is changed only if nobody else has changed it. The publication is what is
/// committed: in both, size and checkpoint change together, and never to fewer entries.
final class Publishing {
    private static final String READ = "SELECT size, checkpoint FROM log_publication";
    private static final String CHANGE = "UPDATE log_publication SET size = ?, checkpoint = ? WHERE size = ?";

    private final Database database;
    private final Ledger ledger;
    /// Held by who publishes in this process, so that those who wait hold no connection.
    private final ReentrantLock turn = new ReentrantLock(true);

    Publishing(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    Publication published() {
        return database.read(session -> read(session, READ));
    }

    Publication publish(Publisher publisher) {
        turn.lock();
        try {
            return switch (database.dialect()) {
                case POSTGRES -> database.write(session -> locked(session, publisher));
                case SQLITE -> compared(publisher);
            };
        } finally {
            turn.unlock();
        }
    }

    private Publication locked(Session session, Publisher publisher) {
        Publication published = read(session, Dialect.POSTGRES.locking(READ));
        return grown(published, publisher)
                .map(next -> change(session, published, next))
                .orElse(published);
    }

    private Publication compared(Publisher publisher) {
        Publication published = published();
        return grown(published, publisher)
                .map(next -> database.write(session -> change(session, published, next)))
                .orElse(published);
    }

    private Optional<Publication> grown(Publication published, Publisher publisher) {
        long size = ledger.size();
        if (size == published.size() && published.checkpoint().isPresent()) {
            return Optional.empty();
        }
        String checkpoint = publisher.publish(new Growth(published, size, ledger));
        if (checkpoint.length() > Publication.CHECKPOINT_CHARACTERS_MAX) {
            throw new MalformedException("checkpoint has %d characters, more than %d"
                    .formatted(checkpoint.length(), Publication.CHECKPOINT_CHARACTERS_MAX));
        }
        return Optional.of(new Publication(size, Optional.of(checkpoint)));
    }

    /// What somebody else has published meanwhile stands.
    private static Publication change(Session session, Publication from, Publication to) {
        int changed = session.update(CHANGE, to.size(), to.checkpoint(), from.size());
        return changed == 1 ? to : read(session, READ);
    }

    private static Publication read(Session session, String query) {
        return session.first(query, row -> new Publication(row.number(), row.optionalText()))
                .orElseThrow(Ledger::withoutState);
    }
}
