// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import java.util.function.Function;

/// A database that is open. Any number of threads may use it.
///
/// Work is a function of a session; when it returns, the transaction is committed, when it throws, rolled
/// back. It must not keep the session.
public abstract sealed class Database implements AutoCloseable permits PostgresDatabase, SqliteDatabase {

    /// What the work has written is durable when this returns.
    public abstract <T> T write(Function<Session, T> work);

    /// Each statement sees what was committed when it began.
    public abstract <T> T read(Function<Session, T> work);

    /// All statements see what was committed when the first began.
    public abstract <T> T snapshot(Function<Session, T> work);

    public abstract Dialect dialect();

    @Override
    public abstract void close();
}
