// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.sql;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// A file of SQLite: one connection that writes, for whoever has the lock, and some that read beside it.
///
/// The file is the one that was there when the store was opened. Where it is gone, or another one has taken
/// its place, nothing is written: what is written to a file that was removed is lost with the last process
/// that has it open.
public final class SqliteDatabase extends Database {
    /// Connections that read: SQLite reads from memory as a rule, so a few keep all cores busy.
    private static final int READERS = 4;
    /// How long a caller waits for its turn, or for another process that writes.
    private static final Duration WAIT = Duration.ofSeconds(20);
    /// KiB of pages that the connection which writes keeps in memory; it looks for each new leaf in the index of all.
    private static final int WRITER_CACHE_KIB = 16 << 10;
    /// The same for each that reads: the system keeps the file's pages too.
    private static final int READER_CACHE_KIB = 2 << 10;
    /// Pages (of 4 KiB) in the log after which it is copied into the file: keys are hashes, so that each commit changes
    /// pages all over the file, and pages that are changed again before they are copied are copied once.
    private static final int CHECKPOINT_PAGES = 4_096;

    private final Path path;
    private final Object identity;
    private final ReentrantLock writing = new ReentrantLock(true);
    /// Guarded by `writing`.
    private @Nullable Session writer;

    private volatile boolean closed;

    private final Semaphore reading = new Semaphore(READERS, true);
    private final ConcurrentLinkedDeque<Session> readers = new ConcurrentLinkedDeque<>();

    private SqliteDatabase(Path path, Object identity) {
        this.path = path;
        this.identity = identity;
    }

    /// Makes the file where there is none.
    public static SqliteDatabase open(Path path) {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // As it is the second time.
        } catch (IOException e) {
            throw new UnavailableException("the store's file cannot be made at " + path, e);
        }
        return new SqliteDatabase(path, identity(path));
    }

    private static Object identity(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new UnavailableException("the store's file is not there: " + path, e);
        }
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        return alone(session -> transaction(session, "BEGIN IMMEDIATE", work));
    }

    /// The work with the connection that writes, not in a transaction.
    <T> T alone(Function<Session, T> work) {
        acquire(waiting -> writing.tryLock(waiting, TimeUnit.NANOSECONDS));
        try {
            requireOpen();
            if (!identity(path).equals(identity)) {
                throw new UnavailableException("the store's file was replaced by another one: " + path);
            }
            if (writer == null) {
                writer = connect(WRITER_CACHE_KIB);
            }
            return work.apply(writer);
        } finally {
            if (writer != null && writer.hasFailed()) {
                writer.close();
                writer = null;
            }
            writing.unlock();
        }
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return beside(work);
    }

    @Override
    public <T> T snapshot(Function<Session, T> work) {
        return beside(session -> transaction(session, "BEGIN", work));
    }

    /// Copies what is committed to an empty file, while others write.
    public void copyTo(Path file) {
        beside(session -> session.update("VACUUM INTO ?", file.toAbsolutePath().toString()));
    }

    private <T> T beside(Function<Session, T> work) {
        acquire(waiting -> reading.tryAcquire(waiting, TimeUnit.NANOSECONDS));
        try {
            requireOpen();
            @Nullable Session idle = readers.poll();
            Session session = idle == null ? connect(READER_CACHE_KIB) : idle;
            try {
                return work.apply(session);
            } finally {
                if (session.hasFailed()) {
                    session.close();
                } else {
                    readers.push(session);
                }
            }
        } finally {
            reading.release();
        }
    }

    private static <T> T transaction(Session session, String begin, Function<Session, T> work) {
        session.update(begin);
        boolean done = false;
        try {
            T result = work.apply(session);
            session.update("COMMIT");
            done = true;
            return result;
        } finally {
            // A connection that has failed is closed, which rolls back.
            if (!done && !session.hasFailed()) {
                session.update("ROLLBACK");
            }
        }
    }

    private interface Attempt {
        boolean within(long nanos) throws InterruptedException;
    }

    private static void acquire(Attempt attempt) {
        try {
            if (!attempt.within(WAIT.toNanos())) {
                throw new UnavailableException("the store is busy", Duration.ofSeconds(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the store was not waited for", e);
        }
    }

    private Session connect(int cacheKib) {
        var config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(Math.toIntExact(WAIT.toMillis()));
        config.setCacheSize(-cacheKib);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        try {
            return new Session(config.createConnection("jdbc:sqlite:" + path.toAbsolutePath()), Dialect.SQLITE);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    private void requireOpen() {
        if (closed) {
            throw new UnavailableException("the store is closed");
        }
    }

    /// Waits for who reads or writes. The last connection that is closed copies the log into the file.
    @Override
    public void close() {
        writing.lock();
        reading.acquireUninterruptibly(READERS);
        try {
            closed = true;
            readers.forEach(Session::close);
            readers.clear();
            if (writer != null) {
                writer.close();
                writer = null;
            }
        } finally {
            reading.release(READERS);
            writing.unlock();
        }
    }
}
