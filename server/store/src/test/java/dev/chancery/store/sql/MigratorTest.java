// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.Sample;
import dev.chancery.store.Store;
import dev.chancery.store.StoreContract;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.request.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The schema's way up and down.
class MigratorTest extends StoreContract {
    private static final int NEWEST = 5;

    private Database bare;

    @BeforeEach
    void openDatabase() {
        bare = open(location);
    }

    @AfterEach
    void closeDatabase() {
        bare.close();
    }

    private static Database open(StoreLocation location) {
        return switch (location) {
            case StoreLocation.SqliteFile(var path) -> SqliteDatabase.open(path);
            case StoreLocation.Postgres(var url, var user, var password) -> PostgresDatabase.open(url, user, password);
        };
    }

    /// The columns of each table.
    private Map<String, List<String>> schema() {
        String tables = switch (bare.dialect()) {
            case SQLITE -> "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
            case POSTGRES ->
                "SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = current_schema() ORDER BY table_name";
        };
        String columns = switch (bare.dialect()) {
            case SQLITE -> "SELECT name FROM pragma_table_info(?) ORDER BY cid";
            case POSTGRES ->
                "SELECT column_name FROM information_schema.columns"
                        + " WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position";
        };
        return bare.read(session -> {
            var schema = new TreeMap<String, List<String>>();
            for (var table : session.list(tables, Row::text)) {
                schema.put(table, session.list(columns, Row::text, table));
            }
            return schema;
        });
    }

    @Test
    void eachStepGoesUpAndDown() {
        var whole = schema();
        var migrator = new Migrator(bare);
        var seen = new ArrayList<Map<String, List<String>>>();
        for (int version = NEWEST; version >= 0; version--) {
            migrator.to(version);
            seen.addFirst(schema());
        }
        assertEquals(List.of("schema_migration"), List.copyOf(seen.getFirst().keySet()));
        for (int version = 0; version <= NEWEST; version++) {
            migrator.to(version);
            assertEquals(seen.get(version), schema());
        }
        assertEquals(whole, schema());
        assertEquals(List.of(0L), Sample.append(another("server-1").ledger(), Sample.bare("a")));
    }

    @Test
    void whatIsThereAlreadyIsLeft() {
        Sample.append(store.ledger(), Sample.bare("a"));
        new Migrator(bare).up();
        assertEquals(1, another("server-1").ledger().size());
    }

    @Test
    void aStoreOfANewerProgramIsMalformed() {
        bare.write(session -> session.update("INSERT INTO schema_migration (version, name) VALUES (99, 'future')"));
        var before = schema();
        var e = assertThrows(MalformedException.class, () -> another("server-2"));
        assertEquals(
                "the store's schema has version 99, and this program knows up to " + NEWEST
                        + ": use the program that wrote it, or a newer one",
                e.sentence());
        assertEquals(before, schema());
    }

    @Test
    void aStepThatFailsChangesNothing() {
        var before = schema();
        var good = new Migration(NEWEST + 1, "good", List.of("CREATE TABLE more (a {integer}){table}"), List.of());
        var bad = new Migration(NEWEST + 2, "bad", List.of("CREATE TABLE more (b {integer}){table}"), List.of());
        var steps = new ArrayList<>(Migrator.STEPS);
        steps.addAll(List.of(good, bad));
        assertThrows(UnavailableException.class, () -> new Migrator(bare, steps).up());
        assertEquals(before, schema());
        new Migrator(bare, steps).to(NEWEST + 1);
        assertEquals(List.of("a"), schema().get("more"));
    }

    @Test
    void serversThatOpenANewStoreAtOnceAgree() throws Exception {
        var place = newLocation();
        Callable<String> opening = () -> {
            try (var opened = Store.open(place, new Instance("server-1"), watch)) {
                return opened.health().toString();
            } catch (ChanceryException e) {
                return e.sentence();
            }
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            var answers = threads.invokeAll(List.of(opening, opening, opening, opening)).stream()
                    .map(Future::resultNow)
                    .distinct()
                    .toList();
            assertEquals(List.of("Health[trouble=Optional.empty]"), answers);
        }
    }

    @Test
    void aScriptIsCutBehindItsSemicolons() {
        assertEquals(
                List.of("CREATE TABLE a (\n  b TEXT\n)", "DROP TABLE c"),
                Migration.statements("-- one; two\nCREATE TABLE a (\n  b TEXT\n);\n\nDROP TABLE c;\n"));
    }
}
