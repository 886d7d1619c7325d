// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;

/// Writes a file that was not there before, mode 0600, whole or not at all.
///
/// The content goes to a temporary file in the same directory and to the disk. The commit point is
/// `link(2)`, which, unlike `rename(2)`, fails when the name is taken, so that of two processes one wins
/// and the other one is told. A process that is killed leaves at most a temporary file behind, which no
/// reader looks at and which the next write removes once it is [#ABANDONED_AFTER] old.
public final class NewFile {
    /// Longer than any write takes, so that nobody's temporary file is removed while it is being written.
    public static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private static final String TEMPORARY_PREFIX = ".chancery-";
    private static final String TEMPORARY_SUFFIX = ".tmp";

    private NewFile() {}

    private interface Placing {
        void place(Path temporary, Path target) throws IOException;
    }

    /// Throws `RefusedException` (rule `file-exists`) when the name is taken, `UnavailableException` when
    /// the disk is full or the directory cannot be written.
    public static void write(Path target, byte[] content, SecureRandom random) {
        write(target, content, random, (temporary, name) -> Files.createLink(name, temporary));
    }

    /// For what is not secret and may change: takes the place of the file that has the name. The commit
    /// point is `rename(2)`; a reader sees the old file or the new one.
    public static void replace(Path target, byte[] content, SecureRandom random) {
        write(
                target,
                content,
                random,
                (temporary, name) -> Files.move(
                        temporary, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    private static void write(Path target, byte[] content, SecureRandom random, Placing placing) {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IllegalArgumentException("the root is no file: " + target);
        }
        Path temporary = directory.resolve(temporaryName(random));
        try {
            try {
                writeToDisk(temporary, content);
                removeAbandoned(directory, temporary);
                placing.place(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
            toDisk(directory);
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException(
                    "file-exists", "file " + Quoted.text(target.toString()) + " is there already and stays as it is");
        } catch (IOException | UnsupportedOperationException e) {
            var fault = e instanceof IOException io ? io : new IOException("the file system has no links", e);
            throw new UnavailableException(FileFault.sentence("file", target, "could not be written", fault), fault);
        }
    }

    private static String temporaryName(SecureRandom random) {
        byte[] unique = new byte[8];
        random.nextBytes(unique);
        return TEMPORARY_PREFIX + HexFormat.of().formatHex(unique) + TEMPORARY_SUFFIX;
    }

    private static void writeToDisk(Path file, byte[] content) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, mode)) {
            for (var rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static void toDisk(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// The file that we just made tells the time of the disk: no clock is needed, and none can disagree.
    private static void removeAbandoned(Path directory, Path ours) throws IOException {
        var before = Files.getLastModifiedTime(ours).toInstant().minus(ABANDONED_AFTER);
        try (var files = Files.newDirectoryStream(directory, TEMPORARY_PREFIX + "*" + TEMPORARY_SUFFIX)) {
            for (Path file : files) {
                removeIfOlder(file, before);
            }
        } catch (DirectoryIteratorException e) {
            throw new IOException("the directory cannot be read", e);
        }
    }

    private static void removeIfOlder(Path file, java.time.Instant before) {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException gone) {
            // Another process was faster, or it is not ours to remove; it does no harm.
        }
    }
}
