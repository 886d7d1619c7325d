// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import dev.chancery.core.MalformedException;
import java.util.List;

/// Brings the tables of a store from one version of the schema to another.
///
/// All steps are one transaction, under a lock that keeps other servers waiting; both databases roll back
/// changes of tables like any other. The version of a store is the number of its newest step.
public final class Migrator {
    /// The steps of this program.
    static final List<Migration> STEPS = List.of(
            Migration.load(1, "ledger"),
            Migration.load(2, "requests"),
            Migration.load(3, "tokens-and-tags"),
            Migration.load(4, "key-events"),
            Migration.load(5, "jobs"));

    /// A number that nobody else locks in the same database, we hope: "chancery" in ASCII.
    private static final long LOCK = 0x6368616e63657279L;

    private static final String TABLE = "CREATE TABLE IF NOT EXISTS schema_migration"
            + " (version {integer} NOT NULL PRIMARY KEY, name {text} NOT NULL){table}";

    private final Database database;
    private final List<Migration> steps;

    Migrator(Database database, List<Migration> steps) {
        this.database = database;
        this.steps = steps;
    }

    public Migrator(Database database) {
        this(database, STEPS);
    }

    /// The program's version.
    public int newest() {
        return steps.getLast().number();
    }

    /// Up to the program's version. A store of a newer one is malformed, and is left as it is.
    public void up() {
        to(newest());
    }

    /// Up or down to a version; to 0, no table is left. Going down loses what the tables of the steps held.
    void to(int wanted) {
        database.write(session -> {
            int version = locked(session);
            for (var step : steps) {
                if (step.number() > version && step.number() <= wanted) {
                    run(session, step.up());
                    session.update(
                            "INSERT INTO schema_migration (version, name) VALUES (?, ?)", step.number(), step.name());
                }
            }
            for (var step : steps.reversed()) {
                if (step.number() <= version && step.number() > wanted) {
                    run(session, step.down());
                    session.update("DELETE FROM schema_migration WHERE version = ?", step.number());
                }
            }
            return wanted;
        });
    }

    private int locked(Session session) {
        switch (session.dialect()) {
            case SQLITE -> requireOurs(session);
            case POSTGRES -> session.each("SELECT pg_advisory_xact_lock(?)", row -> {}, LOCK);
        }
        run(session, List.of(TABLE));
        int version = session.first("SELECT COALESCE(MAX(version), 0) FROM schema_migration", Row::number)
                .orElseThrow()
                .intValue();
        if (version > newest()) {
            throw new MalformedException(("the store's schema has version %d, and this program knows up to %d:"
                            + " use the program that wrote it, or a newer one")
                    .formatted(version, newest()));
        }
        return version;
    }

    /// Some other program's file must not get tables of ours.
    private static void requireOurs(Session session) {
        var tables = session.list("SELECT name FROM sqlite_schema WHERE type = 'table'", Row::text);
        if (!tables.isEmpty() && !tables.contains("schema_migration")) {
            throw new MalformedException("the store's file is another program's: it has a table "
                    + dev.chancery.core.Quoted.text(tables.getFirst()));
        }
    }

    private static void run(Session session, List<String> statements) {
        statements.forEach(statement -> session.execute(session.dialect().inOwnWords(statement)));
    }
}
