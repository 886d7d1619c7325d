// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.backup.Backups;
import dev.chancery.store.job.Jobs;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.request.Instance;
import dev.chancery.store.request.Requests;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Migrator;
import dev.chancery.store.sql.PostgresDatabase;
import dev.chancery.store.sql.SqliteDatabase;
import dev.chancery.store.tag.Tags;
import dev.chancery.store.token.Tokens;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongConsumer;

/// A store that is open. See the package comment.
public final class Store implements AutoCloseable {
    private final Database database;
    private final Ledger ledger;
    private final Requests requests;
    private final Tokens tokens;
    private final Tags tags;
    private final Jobs jobs;
    private final Backups backups;

    private Store(Database database, Instance instance, InstantSource clock) {
        this.database = database;
        this.ledger = new Ledger(database, clock);
        this.requests = new Requests(database, instance, clock);
        this.tokens = new Tokens(database, clock);
        this.tags = new Tags(database, clock);
        this.jobs = new Jobs(database, clock);
        this.backups = new Backups(database);
    }

    /// Opens the store, and makes it, or brings its tables to this program's schema, where needed.
    ///
    /// @param instance the server; a store that begins no requests may bear any name
    public static Store open(StoreLocation location, Instance instance, InstantSource clock) {
        Database database = switch (location) {
            case StoreLocation.SqliteFile(var path) -> SqliteDatabase.open(path);
            case StoreLocation.Postgres(var url, var user, var password) -> PostgresDatabase.open(url, user, password);
        };
        try {
            new Migrator(database).up();
            return new Store(database, instance, clock);
        } catch (ChanceryException e) {
            database.close();
            throw e;
        }
    }

    public Ledger ledger() {
        return ledger;
    }

    public Requests requests() {
        return requests;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Tags tags() {
        return tags;
    }

    public Jobs jobs() {
        return jobs;
    }

    /// Writes that this server was seen now, durably, and says whether that went well.
    public Health health() {
        try {
            requests.show();
            return new Health(Optional.empty());
        } catch (UnavailableException e) {
            return new Health(Optional.of(e.sentence()));
        }
    }

    /// Writes all tables to a stream, as they are now, in the form of `dev.chancery.store.backup`, which a store of
    /// either dialect restores. Others go on writing meanwhile. The stream is not closed.
    public void export(OutputStream target) {
        backups.export(target);
    }

    /// Fills this store, which must be empty (`store-not-empty`), with what was exported: all of it, or nothing.
    /// An export that is cut off or damaged is malformed. The stream is read to its end and not closed.
    public void restore(InputStream source) {
        restore(source, entries -> {});
    }

    /// The same, but when the check of how many entries there would be throws, nothing is changed.
    public void restore(InputStream source, LongConsumer check) {
        backups.restore(source, check);
    }

    /// Copies a store of SQLite, as it is now, to a file that is not there (`backup-exists`), for its owner alone; it
    /// is
    /// a store itself. Others go on writing meanwhile. PostgreSQL has tools of its own (`backup-by-postgres`).
    public void backup(Path file) {
        backups.copyTo(file);
    }

    @Override
    public void close() {
        database.close();
    }
}
