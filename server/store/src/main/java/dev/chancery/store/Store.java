// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.request.Instance;
import dev.chancery.store.request.Requests;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Migrator;
import dev.chancery.store.sql.PostgresDatabase;
import dev.chancery.store.sql.SqliteDatabase;
import dev.chancery.store.tag.Tags;
import dev.chancery.store.token.Tokens;
import java.time.InstantSource;
import java.util.Optional;

/// A store that is open. See the package comment.
public final class Store implements AutoCloseable {
    private final Database database;
    private final Ledger ledger;
    private final Requests requests;
    private final Tokens tokens;
    private final Tags tags;

    private Store(Database database, Instance instance, InstantSource clock) {
        this.database = database;
        this.ledger = new Ledger(database, clock);
        this.requests = new Requests(database, instance, clock);
        this.tokens = new Tokens(database, clock);
        this.tags = new Tags(database, clock);
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

    /// Writes that this server was seen now, durably, and says whether that went well.
    public Health health() {
        try {
            requests.show();
            return new Health(Optional.empty());
        } catch (UnavailableException e) {
            return new Health(Optional.of(e.sentence()));
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
