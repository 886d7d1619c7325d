// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.files;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A directory that is there with all its files or not at all, for its owner alone.
///
/// It is filled under a hidden name beside the one it gets, and renamed: a kill leaves the hidden one, which
/// the next run that makes the same directory removes. An empty directory of the name is taken, another never.
public final class NewDirectory {
    private final Path shown;
    private final Path target;
    private final String hint;

    /// The hint says what to do about a directory that holds something.
    public NewDirectory(Path target, String hint) {
        shown = target;
        this.target = target.toAbsolutePath().normalize();
        this.hint = hint;
    }

    /// Has the directory filled and gives it its name. After this it is there, also if the machine stops.
    public void fill(Consumer<Path> content) {
        try {
            requireFree();
            removeLeftovers();
            Path hidden = Files.createDirectory(
                    hidden(ProcessHandle.current().pid()),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                content.accept(hidden);
                flush(hidden);
                Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
                flush(hidden.resolveSibling("."));
            } finally {
                remove(hidden);
            }
        } catch (NoSuchFileException e) {
            throw new UnavailableException(
                    "directory %s cannot be made: the one it shall be in does not exist".formatted(shown), e);
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be made: %s".formatted(shown, FileCause.of(e)), e);
        }
    }

    private void requireFree() throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new MalformedException("output %s is not a directory".formatted(shown));
        }
        try (var files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw new HintedException(new MalformedException("directory %s is not empty".formatted(shown)), hint);
            }
        }
    }

    private Path hidden(long process) {
        return target.resolveSibling(".%s.%d.new".formatted(shown.getFileName(), process));
    }

    /// Of runs that were killed: their processes are gone.
    private void removeLeftovers() throws IOException {
        var name = Pattern.compile(Pattern.quote("." + target.getFileName()) + "\\.([0-9]{1,10})\\.new");
        try (var beside = Files.list(target.resolveSibling("."))) {
            for (Path path : beside.toList()) {
                var match = name.matcher(path.getFileName().toString());
                if (match.matches()
                        && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        && ProcessHandle.of(Long.parseLong(match.group(1))).isEmpty()) {
                    remove(path);
                }
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void flush(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }
}
