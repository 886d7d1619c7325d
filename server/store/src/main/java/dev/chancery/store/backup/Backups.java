// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.backup;

import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.store.sql.Database;
import dev.chancery.store.sql.Migrator;
import dev.chancery.store.sql.PostgresDatabase;
import dev.chancery.store.sql.SqliteDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Copies of a store: exports, and SQLite's own.
public final class Backups {
    private final Database database;

    public Backups(Database database) {
        this.database = database;
    }

    public void export(OutputStream target) {
        int version = new Migrator(database).newest();
        database.snapshot(session -> {
            new ExportWriter(target).write(session, version);
            return version;
        });
    }

    public void restore(InputStream source, LongConsumer check) {
        int version = new Migrator(database).newest();
        database.write(session -> {
            check.accept(new Restoring(session).restore(new ExportReader(source), version));
            return version;
        });
    }

    public void copyTo(Path file) {
        switch (database) {
            case SqliteDatabase sqlite -> copy(sqlite, file);
            case PostgresDatabase postgres ->
                throw new RefusedException(
                        "backup-by-postgres",
                        "a store on PostgreSQL is backed up with the tools of PostgreSQL, or exported");
        }
    }

    private static void copy(SqliteDatabase sqlite, Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException("backup-exists", "there is a file already, which stays as it is: " + file);
        } catch (IOException e) {
            throw new UnavailableException("the backup cannot be written: " + file, e);
        }
        boolean done = false;
        try {
            sqlite.copyTo(file);
            // SQLite does not wait until a copy is on the disk.
            force(file, StandardOpenOption.WRITE);
            force(Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file), StandardOpenOption.READ);
            done = true;
        } catch (IOException e) {
            throw new UnavailableException("the backup cannot be written: " + file, e);
        } finally {
            if (!done) {
                remove(file);
            }
        }
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UnavailableException("what there is of the backup cannot be removed: " + file, e);
        }
    }
}
