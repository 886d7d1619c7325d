// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

/// The two databases, where they differ.
public enum Dialect {
    /// Who writes has the whole file locked, so that rows need no lock. `STRICT` keeps a column to its type.
    SQLITE("", "INTEGER", "TEXT", "BLOB") {
        @Override
        String inOwnWords(String statement) {
            return super.inOwnWords(statement)
                    .replace("{table}", " STRICT")
                    .replace("{keyed}", " STRICT, WITHOUT ROWID");
        }
    },
    POSTGRES(" FOR UPDATE", "BIGINT", "TEXT COLLATE \"C\"", "BYTEA") {
        @Override
        String inOwnWords(String statement) {
            return super.inOwnWords(statement).replace("{table}", "").replace("{keyed}", "");
        }
    };

    private final String locking;
    private final String integer;
    private final String text;
    private final String bytes;

    Dialect(String locking, String integer, String text, String bytes) {
        this.locking = locking;
        this.integer = integer;
        this.text = text;
        this.bytes = bytes;
    }

    /// The query, with the rows that it finds locked until the transaction ends.
    public String locking(String query) {
        return query + locking;
    }

    String inOwnWords(String statement) {
        return statement.replace("{integer}", integer).replace("{text}", text).replace("{bytes}", bytes);
    }
}
