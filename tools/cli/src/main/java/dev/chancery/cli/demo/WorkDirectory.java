// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The directory in which all happens; only its owner can look into it. It is removed on closing, also when
/// the command is interrupted, unless it was asked for by name.
final class WorkDirectory implements AutoCloseable {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final boolean kept;
    private final Thread onInterrupt = new Thread(this::remove, "remove the demo directory");

    private WorkDirectory(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
        if (!kept) {
            Runtime.getRuntime().addShutdownHook(onInterrupt);
        }
    }

    /// A new directory in `parent`, which is removed again.
    static WorkDirectory temporary(Path parent) {
        try {
            return new WorkDirectory(
                    Files.createTempDirectory(parent, "chancery-demo-", PRIVATE).toRealPath(), false);
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be worked in: %s".formatted(parent, cause(e)), e);
        }
    }

    /// A directory that stays. It must not be there yet, so that nothing of the user's is mixed up with it.
    static WorkDirectory kept(Path path) {
        try {
            return new WorkDirectory(Files.createDirectory(path, PRIVATE).toRealPath(), true);
        } catch (FileAlreadyExistsException e) {
            throw new MalformedException("directory %s exists; the demo makes a new one".formatted(path), e);
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be made: %s".formatted(path, cause(e)), e);
        }
    }

    Path path() {
        return path;
    }

    boolean isKept() {
        return kept;
    }

    Path resolve(String relative) {
        return path.resolve(relative);
    }

    /// Makes a folder in it that is as private.
    Path folder(String name) {
        return writing(name, () -> Files.createDirectory(resolve(name), PRIVATE));
    }

    /// Something that writes to a file here.
    interface Writing {
        Path write() throws IOException;
    }

    /// Does it; a full disk is told by the name of what could not be written.
    Path writing(String name, Writing writing) {
        try {
            return writing.write();
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be written: %s".formatted(resolve(name), cause(e)), e);
        }
    }

    private static String cause(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such directory";
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void close() {
        if (!kept) {
            remove();
            try {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            } catch (IllegalStateException interrupted) {
                // The hook is running: the command is being stopped, and both remove what they find.
            }
        }
    }

    /// Whatever is gone already (sockets of a daemon that ends) is no loss; links are removed, not followed.
    private void remove() {
        try {
            Files.walkFileTree(path, new Removal());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
