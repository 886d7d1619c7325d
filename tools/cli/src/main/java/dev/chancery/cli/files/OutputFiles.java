// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.files;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Writes several files so that each is there whole or not at all, and none replaces another unasked.
///
/// All are written under hidden names first and flushed to the disk; the commit point is the loop that gives
/// them their names. A full disk or a kill before it leaves nothing but hidden files, and an exception removes
/// those.
public final class OutputFiles {
    private final boolean replace;
    private final String hint;
    private final Map<Path, Path> written = new LinkedHashMap<>();

    /// With `replace` a file that is there already is replaced.
    public OutputFiles(boolean replace) {
        this(replace, "choose another name");
    }

    /// The hint says what to do about a file that is there already.
    public OutputFiles(boolean replace, String hint) {
        this.replace = replace;
        this.hint = hint;
    }

    /// Complains about a file that is there before any work is done for it.
    public void requireFree(Path target) {
        if (Files.isDirectory(target)) {
            throw new MalformedException("output %s is a directory, not a file".formatted(target));
        }
        if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(target);
        }
        if (written.containsKey(target)) {
            throw new UsageException("two outputs would both be " + target);
        }
    }

    private HintedException taken(Path target) {
        return new HintedException(
                new MalformedException("file %s exists and is not overwritten".formatted(target)), hint);
    }

    /// Writes the content next to where it shall stand.
    public void write(Path target, Bytes content) {
        write(target, output -> output.write(content.toArray()));
    }

    /// What writes itself.
    public interface Source {
        /// Without closing the stream.
        void writeTo(OutputStream output) throws IOException;
    }

    /// The same for what is too large to be held.
    public void write(Path target, Source content, FileAttribute<?>... attributes) {
        requireFree(target);
        Path hidden = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        boolean done = false;
        try (var channel = FileChannel.open(hidden, options, attributes)) {
            written.put(target, hidden);
            var output = Channels.newOutputStream(channel);
            content.writeTo(output);
            output.flush();
            channel.force(true);
            done = true;
        } catch (IOException e) {
            throw new UnavailableException("file %s cannot be written: %s".formatted(target, cause(e)), e);
        } finally {
            if (!done) {
                discard();
            }
        }
    }

    /// Gives every file its name. After this they are there, also if the machine stops.
    public void commit() {
        try {
            for (var entry : written.entrySet()) {
                place(entry.getValue(), entry.getKey());
            }
        } catch (FileAlreadyExistsException e) {
            throw taken(Path.of(e.getFile()));
        } catch (IOException e) {
            throw new UnavailableException("file cannot be put in place: " + cause(e), e);
        } finally {
            discard();
        }
    }

    private void place(Path hidden, Path target) throws IOException {
        if (replace) {
            Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            link(hidden, target);
        }
        try (var directory = FileChannel.open(target.toAbsolutePath().getParent())) {
            directory.force(true);
        }
    }

    /// A link fails when the name is taken, also by someone who came a moment ago; a move would replace.
    private static void link(Path hidden, Path target) throws IOException {
        try {
            Files.createLink(target, hidden);
        } catch (UnsupportedOperationException e) {
            Files.move(hidden, target);
        }
    }

    /// Removes what has no name yet.
    public void discard() {
        for (Path hidden : written.values()) {
            try {
                Files.deleteIfExists(hidden);
            } catch (IOException left) {
                // It is hidden, bears this process's number and disturbs nobody; the first error is the one to tell.
            }
        }
        written.clear();
    }

    private static String cause(IOException e) {
        return e instanceof NoSuchFileException ? "its directory does not exist" : FileCause.of(e);
    }
}
