// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/// Makes connections to PostgreSQL, with the password of the day.
final class PostgresSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;

    /// Seconds: a server that is there answers sooner.
    private static final int CONNECT_SECONDS = 5;
    /// Seconds without a byte from the server in the middle of a statement: more than it waits for a lock.
    private static final int ANSWER_SECONDS = 60;
    /// Hosts of this machine, in an address `jdbc:postgresql://HOST:PORT,HOST:PORT/database?…`.
    private static final Pattern LOCAL =
            Pattern.compile("jdbc:postgresql:(//((localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?,?)+)?/?[^/]*");

    private final String name;
    private final transient Supplier<char[]> password;

    PostgresSource(String url, String name, Supplier<char[]> password) {
        this.name = name;
        this.password = password;
        setUrl(url);
        setApplicationName("chancery");
        setConnectTimeout(CONNECT_SECONDS);
        setLoginTimeout(CONNECT_SECONDS);
        setSocketTimeout(ANSWER_SECONDS);
        setTcpKeepAlive(true);
        setReWriteBatchedInserts(true);
        if (!url.contains("sslmode=") && !LOCAL.matcher(url).matches()) {
            setSslMode("verify-full");
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        char[] secret = password.get();
        try {
            return getConnection(name, new String(secret));
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
