// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.chancery.core.UnavailableException;
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
    private static final Duration CONNECT = Duration.ofSeconds(2);
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

    /// Connects once before there is a pool, which would only say that there is no connection, and not why.
    public static PostgresDatabase open(String url, String user, Supplier<char[]> password) {
        var source = new PostgresSource(url, user, password);
        try (var connection = source.getConnection()) {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
        return new PostgresDatabase(pool(source));
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
        try {
            return once(work, connection -> {
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            });
        } catch (LostAtOnce e) {
            throw e.failure;
        }
    }

    private interface Manner {
        void apply(Connection connection) throws SQLException;
    }

    /// A connection from the pool may have been lost while nobody used it, as all are when the database has been
    /// restarted. Then the first statement fails, and the work is begun again, once, with a new connection.
    private <T> T in(Function<Session, T> work, Manner manner) {
        try {
            return once(work, manner);
        } catch (LostAtOnce e) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        try {
            return once(work, manner);
        } catch (LostAtOnce e) {
            throw e.failure;
        }
    }

    /// No statement of the work was carried out.
    private static final class LostAtOnce extends Exception {
        private static final long serialVersionUID = 1;
        private final UnavailableException failure;

        LostAtOnce(UnavailableException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /// The pool rolls back what is not committed when it gets a connection back, and gives up one that is broken.
    private <T> T once(Function<Session, T> work, Manner manner) throws LostAtOnce {
        try (Connection connection = pool.getConnection()) {
            manner.apply(connection);
            connection.setAutoCommit(false);
            var session = new Session(connection, Dialect.POSTGRES);
            try {
                T result = work.apply(session);
                session.commit();
                return result;
            } catch (UnavailableException e) {
                if (session.hasFailed() && !session.hasSucceeded() && Failures.isOverConnection(e)) {
                    throw new LostAtOnce(e);
                }
                throw e;
            }
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
