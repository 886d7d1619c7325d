// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server of the test's own, started once, with `fsync` on; each test gets a schema of its own.
///
/// Where it does not start, tests that need it are skipped, and fail with `-Dinterop=required`.
public final class TestServer {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static final class Started {
        private static final EmbeddedPostgres SERVER = start();
    }

    private TestServer() {}

    private static EmbeddedPostgres start() {
        try {
            return builder().start();
        } catch (IOException | RuntimeException e) {
            if (System.getProperty("interop", "").equals("required")) {
                throw new AssertionError("PostgreSQL does not start here", e);
            }
            return abort("PostgreSQL does not start here: " + e);
        }
    }

    /// With what the package turns off for speed turned on.
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setPGStartupWait(Duration.ofSeconds(60));
    }

    /// A new schema with nothing in it.
    public static StoreLocation.Postgres schema() {
        String name = "store" + SCHEMAS.incrementAndGet();
        execute("CREATE SCHEMA " + name);
        return new StoreLocation.Postgres(
                "jdbc:postgresql://localhost:" + port() + "/postgres?currentSchema=" + name,
                "postgres",
                "postgres"::toCharArray);
    }

    public static int port() {
        return Started.SERVER.getPort();
    }

    /// Whatever the test wants done beside the store.
    public static void execute(String text) {
        try (var connection = Started.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
