// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import static dev.chancery.store.Sample.append;
import static dev.chancery.store.Sample.bare;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.request.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opening a store, and a store whose database goes away.
class StoreTest {
    @TempDir
    private Path directory;

    private static Store open(StoreLocation location) {
        return Store.open(location, new Instance("server-1"), new Watch());
    }

    private StoreLocation file() {
        return new StoreLocation.SqliteFile(directory.resolve("store.db"));
    }

    @Test
    void aFileIsMadeForItsOwnerAlone() throws IOException {
        try (var store = open(file())) {
            assertTrue(store.health().isGood());
            try (var files = Files.list(directory)) {
                for (var file : files.toList()) {
                    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                }
            }
        }
        assertEquals(List.of(directory.resolve("store.db")), list());
    }

    private List<Path> list() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void aStoreThatIsClosedStaysClosed() {
        for (var location : List.of(file(), TestServer.schema())) {
            var store = open(location);
            store.close();
            store.close();
            assertThrows(UnavailableException.class, () -> append(store.ledger(), bare("a")));
            assertThrows(UnavailableException.class, () -> store.ledger().size());
        }
    }

    @Test
    void aFileOfAnotherProgramIsLeftAsItIs() throws Exception {
        Path path = directory.resolve("store.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bookmarks (url TEXT)");
        }
        var e = assertThrows(MalformedException.class, () -> open(file()));
        assertEquals("the store's file is another program's: it has a table \"bookmarks\"", e.sentence());
        Files.writeString(path, "no database, and long enough that nobody takes it for an empty one ".repeat(20));
        var damaged = assertThrows(UnavailableException.class, () -> open(file()));
        assertEquals("the store's file is damaged, or no store", damaged.sentence());
    }

    @Test
    void aFileThatCannotBeMadeIsUnavailable() {
        var nowhere = new StoreLocation.SqliteFile(directory.resolve("gone/store.db"));
        assertThrows(UnavailableException.class, () -> open(nowhere));
    }

    @Test
    void aFileThatGoesAwayAndComesBackIsWrittenAgain() throws IOException {
        Path path = directory.resolve("store.db");
        Path away = directory.resolve("away.db");
        try (var store = open(file())) {
            append(store.ledger(), bare("a"));
            Files.move(path, away);
            assertThrows(UnavailableException.class, () -> append(store.ledger(), bare("b")));
            Files.createFile(path);
            var e = assertThrows(UnavailableException.class, () -> append(store.ledger(), bare("b")));
            assertEquals("the store's file was replaced by another one: " + path, e.sentence());
            assertFalse(store.health().isGood());
            Files.delete(path);
            Files.move(away, path);
            assertEquals(List.of(1L), append(store.ledger(), bare("b")));
        }
    }

    @Test
    void aDatabaseThatGoesAwayAndComesBackIsUsedAgain() throws Exception {
        var location = TestServer.schema();
        try (var proxy = new Proxy(TestServer.port());
                var store = open(new StoreLocation.Postgres(
                        location.url().replace(":" + TestServer.port() + "/", ":" + proxy.port() + "/"),
                        location.user(),
                        location.password()))) {
            append(store.ledger(), bare("a"));
            proxy.cut();
            var e = assertThrows(UnavailableException.class, () -> append(store.ledger(), bare("b")));
            assertEquals("the store's database cannot be reached", e.sentence());
            assertTrue(e.retryAfter().isPresent());
            proxy.mend();
            assertTrue(store.health().isGood());
            assertEquals(List.of(1L), append(store.ledger(), bare("b")));
        }
    }

    @Test
    void aServerThatEndsConnectionsLosesNothing() throws Exception {
        var location = TestServer.schema();
        try (var store = open(location)) {
            append(store.ledger(), bare("a"));
            var publication = assertThrows(
                    UnavailableException.class,
                    () -> store.ledger().publish(growth -> {
                        TestServer.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE application_name = 'chancery'");
                        return "lost";
                    }));
            assertEquals("the store's database cannot be reached", publication.sentence());
            assertEquals(
                    "kept",
                    store.ledger().publish(growth -> "kept").checkpoint().orElseThrow());
        }
    }

    @Test
    void aWrongPasswordIsUnavailableInWords() {
        var right = TestServer.schema();
        var wrong = new StoreLocation.Postgres(right.url(), "nobody", "wrong"::toCharArray);
        var e = assertThrows(UnavailableException.class, () -> open(wrong));
        assertEquals("the store's database does not let the server in", e.sentence());
    }

    @Test
    void anAddressHoldsNoCredentials() {
        char[] none = {};
        for (var wrong : List.of(
                "jdbc:postgresql://db/chancery?user=a",
                "jdbc:postgresql://db/chancery?ssl=true&password=a",
                "jdbc:postgresql://a:b@db/chancery")) {
            var e = assertThrows(MalformedException.class, () -> new StoreLocation.Postgres(wrong, "user", () -> none));
            assertEquals("the store's address holds credentials, which have settings of their own", e.sentence());
        }
        assertThrows(MalformedException.class, () -> new StoreLocation.Postgres("jdbc:h2:mem", "user", () -> none));
        var right = new StoreLocation.Postgres("jdbc:postgresql://db/chancery", "user", "secret"::toCharArray);
        assertEquals("jdbc:postgresql://db/chancery", right.toString());
    }
}
