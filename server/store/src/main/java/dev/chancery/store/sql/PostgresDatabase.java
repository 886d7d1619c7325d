// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// A database of PostgreSQL, through a pool of connections.
public final class PostgresDatabase extends Database {
    /// Connections of one server: a handful of writers that wait for their disk and the readers beside them;
    /// a server of PostgreSQL has 100 as a rule.
    private static final int CONNECTIONS = 10;
    /// How long a caller waits for a connection before the database cannot be reached.
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /// What each connection begins with. Nobody waits for a lock longer than callers do; and a commit is
    /// durable where the server's own setting is less than that (it may be more: `remote_apply`).
    private static final String BEGIN = """
            SELECT set_config('lock_timeout', '20s', false),
              CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
                THEN set_config('synchronous_commit', 'on', false) END""";

    private final HikariDataSource pool;

    private PostgresDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    /// Connects when the first session is asked for.
    public static PostgresDatabase open(String url, String user, Supplier<char[]> password) {
        return new PostgresDatabase(pool(new PostgresSource(url, user, password)));
    }

    private static HikariDataSource pool(DataSource source) {
        var config = new HikariConfig();
        config.setPoolName("chancery-store");
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(CONNECT.dividedBy(2).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(BEGIN);
        return new HikariDataSource(config);
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        return in(work, connection -> {});
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return in(work, connection -> connection.setReadOnly(true));
    }

    @Override
    public <T> T snapshot(Function<Session, T> work) {
        return in(work, connection -> {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        });
    }

    private interface Manner {
        void apply(Connection connection) throws SQLException;
    }

    /// The pool rolls back what is not committed when it gets a connection back, and gives up one that is
    /// broken.
    private <T> T in(Function<Session, T> work, Manner manner) {
        try (Connection connection = pool.getConnection()) {
            manner.apply(connection);
            connection.setAutoCommit(false);
            var session = new Session(connection, Dialect.POSTGRES);
            T result = work.apply(session);
            session.commit();
            return result;
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    public void close() {
        pool.close();
    }
}
