// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of an answer, whose columns are read from left to right, each once.
public final class Row {
    private final ResultSet rows;
    private int column;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    boolean next() throws SQLException {
        column = 0;
        return rows.next();
    }

    public long number() {
        return read(ResultSet::getLong);
    }

    public String text() {
        return read(ResultSet::getString);
    }

    public byte[] array() {
        return read(ResultSet::getBytes);
    }

    public Bytes bytes() {
        return Bytes.of(array());
    }

    public Digest sha256() {
        return new Digest(DigestAlgorithm.SHA256, array());
    }

    public Instant time() {
        return Instant.EPOCH.plus(number(), ChronoUnit.MICROS);
    }

    public Optional<Long> optionalNumber() {
        return optional((columns, at) -> columns.getObject(at) == null ? null : columns.getLong(at));
    }

    public Optional<String> optionalText() {
        return optional(ResultSet::getString);
    }

    public Optional<byte[]> optionalArray() {
        return optional(ResultSet::getBytes);
    }

    public Optional<Instant> optionalTime() {
        return optionalNumber().map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    private interface Getter<T> {
        @Nullable
        T get(ResultSet rows, int column) throws SQLException;
    }

    private <T> Optional<T> optional(Getter<T> getter) {
        try {
            return Optional.ofNullable(getter.get(rows, ++column));
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private <T> T read(Getter<T> getter) {
        return optional(getter).orElseThrow(() -> Failures.missing(column));
    }
}
