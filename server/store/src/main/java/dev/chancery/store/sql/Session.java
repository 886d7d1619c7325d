// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.UnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One transaction's statements. A value is a `Long`, an `Integer`, a `String`, a `byte[]`, a [Bytes], a
/// [Digest], an [Instant], or an `Optional` of one of them.
public final class Session {
    /// Rows that the database is asked for at once when an answer is read row by row.
    private static final int FETCHED_ROWS = 1_000;
    /// Keys that are looked up at once; where there are fewer, the last one is repeated.
    private static final int FEW_KEYS = 8;
    private static final int MANY_KEYS = 64;

    private final Connection connection;
    private final Dialect dialect;
    /// Statements that stay prepared as long as the connection is open, where the driver does not see to
    /// that. Their texts are constants of the program, so there are only so many.
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    private boolean failed;
    private boolean succeeded;

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    public Dialect dialect() {
        return dialect;
    }

    /// Whether a statement has failed, so that the connection may not be what it was.
    boolean hasFailed() {
        return failed;
    }

    /// Whether any statement was carried out.
    boolean hasSucceeded() {
        return succeeded;
    }

    public <T> List<T> list(String query, Function<Row, T> reader, Object... values) {
        var list = new ArrayList<T>();
        each(query, row -> list.add(reader.apply(row)), values);
        return list;
    }

    /// The first row, where there is one.
    public <T> Optional<T> first(String query, Function<Row, T> reader, Object... values) {
        return list(query, reader, values).stream().findFirst();
    }

    /// The rows for any of these keys, each of one value or more: `{keys}` stands for them in the query, as
    /// in `x IN ({keys})`. Each key is in one of as few queries as it takes, and queries differ in three
    /// lengths only.
    public <T> List<T> listIn(String query, Function<Row, T> reader, List<Object[]> keys) {
        var list = new ArrayList<T>();
        for (int from = 0; from < keys.size(); ) {
            int left = keys.size() - from;
            int length = left <= FEW_KEYS ? (left == 1 ? 1 : FEW_KEYS) : MANY_KEYS;
            var values = new ArrayList<Object>();
            for (int i = 0; i < length; i++) {
                values.addAll(List.of(keys.get(Math.min(from + i, keys.size() - 1))));
            }
            String marks = marks(length, keys.getFirst().length);
            list.addAll(list(query.replace("{keys}", marks), reader, values.toArray()));
            from += length;
        }
        return list;
    }

    private static String marks(int keys, int width) {
        return width == 1
                ? String.join(", ", Collections.nCopies(keys, "?"))
                : "VALUES "
                        + String.join(
                                ", ",
                                Collections.nCopies(
                                        keys, "(" + String.join(", ", Collections.nCopies(width, "?")) + ")"));
    }

    public void each(String query, Consumer<Row> reader, Object... values) {
        run(query, statement -> {
            bind(statement, values);
            statement.setFetchSize(FETCHED_ROWS);
            try (var rows = statement.executeQuery()) {
                var row = new Row(rows);
                while (row.next()) {
                    reader.accept(row);
                }
            }
            return 0;
        });
    }

    /// How many rows it changed.
    public int update(String change, Object... values) {
        return run(change, statement -> {
            bind(statement, values);
            return statement.executeUpdate();
        });
    }

    /// The same change for each of these lists of values, in as few round trips as it takes.
    public void batch(String change, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        run(change, statement -> {
            for (var values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            return statement.executeBatch().length;
        });
    }

    /// As [#batch], for values from outside: false where the database would not have one of them, and the
    /// transaction can only be rolled back.
    public boolean accepts(String change, List<Object[]> rows) {
        try {
            batch(change, rows);
            return true;
        } catch (UnavailableException e) {
            if (Failures.isOverValues(e)) {
                return false;
            }
            throw e;
        }
    }

    /// A statement in words that are no constants of the program: not kept.
    void execute(String statement) {
        try (var once = connection.createStatement()) {
            once.execute(statement);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing is lost: what was to be kept is committed.
            failed = true;
        }
    }

    private interface Use {
        int of(PreparedStatement statement) throws SQLException;
    }

    private int run(String text, Use use) {
        try {
            PreparedStatement statement = prepared(text);
            try {
                int count = use.of(statement);
                succeeded = true;
                return count;
            } finally {
                if (dialect == Dialect.POSTGRES) {
                    statement.close();
                } else {
                    statement.clearBatch();
                }
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private PreparedStatement prepared(String text) throws SQLException {
        if (dialect == Dialect.POSTGRES) {
            return connection.prepareStatement(text);
        }
        @Nullable PreparedStatement known = kept.get(text);
        if (known == null) {
            known = connection.prepareStatement(text);
            kept.put(text, known);
        }
        return known;
    }

    private RuntimeException failure(SQLException e) {
        failed = true;
        return Failures.of(e);
    }

    private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private static void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        switch (value) {
            case Optional<?> optional when optional.isEmpty() -> statement.setNull(place, java.sql.Types.NULL);
            case Optional<?> optional -> bind(statement, place, optional.get());
            case Integer number -> statement.setLong(place, number);
            case Long number -> statement.setLong(place, number);
            case String text -> statement.setString(place, text);
            case byte[] array -> statement.setBytes(place, array);
            case Bytes bytes -> statement.setBytes(place, bytes.toArray());
            case Digest digest -> statement.setBytes(place, digest.bytes());
            case Instant time -> statement.setLong(place, micros(time));
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    /// A time that is further away than a column can say, 292,000 years, is as far away as it can.
    private static long micros(Instant time) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time);
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
