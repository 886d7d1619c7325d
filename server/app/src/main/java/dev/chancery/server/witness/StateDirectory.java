// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.note.SignedNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a witness keeps what it cosigned last, one file for each log. Held by one process.
final class StateDirectory implements AutoCloseable {
    private final Path directory;
    private final FileChannel lock;

    private StateDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /// Makes the directory where a witness begins: where its key is not there either.
    ///
    /// Throws `RefusedException` (`witness-state`) when there is a key, and the state is gone.
    static void makeWithout(Path key, Path directory) {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (Files.exists(key)) {
            throw new RefusedException(
                    "witness-state",
                    ("the key %s is there and its state %s is not: a witness that forgot what it cosigned must not"
                                    + " go on under its key. Make the directory if that has never cosigned anything")
                            .formatted(key, directory));
        }
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            flush(directory.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw failed(directory, "made", e);
        }
    }

    /// Takes the directory until [#close]. Throws `UnavailableException` when another process has it.
    static StateDirectory open(Path directory) {
        try {
            var channel =
                    FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                channel.close();
                throw new UnavailableException("the witness's state %s is another process's".formatted(directory));
            }
            return new StateDirectory(directory, channel);
        } catch (IOException e) {
            throw failed(directory, "opened", e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /// What was cosigned last of a log; empty when nothing was.
    Optional<SignedNote> read(String log) {
        Path file = directory.resolve(log);
        try {
            if (Files.size(file) > SignedNote.BYTES_MAX) {
                throw new UnavailableException("the witness's state %s is too large to be one".formatted(file));
            }
            return Optional.of(SignedNote.parse(Bytes.of(Files.readAllBytes(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
    }

    /// Durable when it returns. What it throws leaves the file as it was, or, where only its directory could
    /// not be flushed, as it was to become; nobody has seen a cosignature of that.
    void write(String log, SignedNote note) {
        Path file = directory.resolve(log);
        Path fresh = directory.resolve("." + log);
        try {
            try (var channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                var rest = ByteBuffer.wrap(note.write().toArray());
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            flush(directory);
        } catch (IOException e) {
            throw failed(file, "written", e);
        }
    }

    /// A file's name is durable when its directory is.
    private static void flush(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static UnavailableException failed(Path file, String what, IOException e) {
        return new UnavailableException(
                "the witness's state %s cannot be %s: %s".formatted(file, what, e.getMessage()), e);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // The process gives up the lock when it ends.
        }
    }
}
