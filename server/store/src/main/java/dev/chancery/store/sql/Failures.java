// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import dev.chancery.core.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What a database says, as an error of ours. The database's own words are the cause, for whoever runs the
/// server; they may hold values, so they are not in the sentence, which requesters see.
final class Failures {
    /// After which to ask again: a database that restarts, or a lock that is held, takes seconds.
    private static final Duration SOON = Duration.ofSeconds(2);
    /// After which to ask again where somebody has to do something first.
    private static final Duration LATER = Duration.ofSeconds(30);

    private Failures() {}

    static UnavailableException of(SQLException e) {
        return e instanceof SQLiteException sqlite ? ofSqlite(sqlite) : ofPostgres(e);
    }

    static UnavailableException missing(int column) {
        return new UnavailableException("the store has a row without a value in column " + column);
    }

    /// Whether the database would not have a value, because of a constraint of its tables or of its own.
    static boolean isOverValues(UnavailableException e) {
        if (e.getCause() instanceof SQLiteException sqlite) {
            return (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
        }
        return state(e).startsWith("22") || state(e).startsWith("23");
    }

    /// Whether PostgreSQL, or the way to it, is gone.
    static boolean isOverConnection(UnavailableException e) {
        return state(e).startsWith("08") || state(e).startsWith("57P");
    }

    /// The SQLSTATE (PostgreSQL, appendix A) of which the first two characters are the error's class; else nothing.
    private static String state(UnavailableException e) {
        return e.getCause() instanceof SQLException cause ? Objects.toString(cause.getSQLState(), "") : "";
    }

    private static UnavailableException ofSqlite(SQLiteException e) {
        // The lower byte is the error's class.
        int kind = e.getResultCode().code & 0xff;
        if (kind == SQLiteErrorCode.SQLITE_FULL.code) {
            return full(e);
        }
        if (kind == SQLiteErrorCode.SQLITE_BUSY.code || kind == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return busy(e);
        }
        if (kind == SQLiteErrorCode.SQLITE_CORRUPT.code || kind == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new UnavailableException("the store's file is damaged, or no store", LATER, e);
        }
        if (kind == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || kind == SQLiteErrorCode.SQLITE_READONLY.code
                || kind == SQLiteErrorCode.SQLITE_PERM.code) {
            return new UnavailableException("the store's file cannot be opened or written", LATER, e);
        }
        return new UnavailableException("the store failed: " + e.getResultCode().name(), LATER, e);
    }

    private static UnavailableException ofPostgres(SQLException e) {
        String state = Objects.toString(e.getSQLState(), "");
        if (state.equals("53100")) {
            return full(e);
        }
        if (state.startsWith("40") || state.startsWith("55") || state.startsWith("57014")) {
            return busy(e);
        }
        if (state.isEmpty() || state.startsWith("08") || state.startsWith("57") || state.startsWith("53")) {
            return new UnavailableException("the store's database cannot be reached", SOON, e);
        }
        if (state.startsWith("28")) {
            return new UnavailableException("the store's database does not let the server in", LATER, e);
        }
        return new UnavailableException("the store failed: SQLSTATE " + state, LATER, e);
    }

    private static UnavailableException full(SQLException e) {
        return new UnavailableException("the store is full", LATER, e);
    }

    private static UnavailableException busy(SQLException e) {
        return new UnavailableException("the store is busy", SOON, e);
    }
}
