// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.InputFiles;
import dev.chancery.tag.TagFile;
import dev.chancery.tag.TagName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// The directory in which tags lie: `NAME.tag`, and the hidden file `.lock`.
///
/// Whoever changes a tag holds a lock on `.lock` from reading the file to giving the new one its name, which is the
/// commit point: of two who sign at once, the second joins his signature to what the first has written. The lock is
/// the kernel's and goes with its process. Readers take none: they see the old file or the new one.
final class TagStore {
    /// Files: a tag for each build of some years.
    static final int TAGS_MAX = 100_000;

    /// Milliseconds: what is done under the lock takes a few, so who waits longer waits for somebody who hangs.
    private static final long PATIENCE = 30_000;
    /// Milliseconds between two attempts.
    private static final long PAUSE = 20;

    private final Path directory;

    TagStore(Path directory) {
        this.directory = directory;
    }

    /// The directory that was asked for, else the office's.
    static TagStore of(Terminal terminal, Optional<Path> asked) {
        return new TagStore(asked.orElseGet(() -> Office.of(terminal).tagDirectory()));
    }

    Path file(TagName name) {
        return directory.resolve(name + TagFile.SUFFIX);
    }

    Bytes read(TagName name) {
        if (!Files.exists(file(name))) {
            throw new HintedException(
                    new UnavailableException("there is no tag %s in %s".formatted(name, directory)),
                    "'chancery tag list' shows those that are there; --tags names another directory");
        }
        return InputFiles.read("tag", file(name), TagFile.BYTES_MAX);
    }

    /// Complains about a tag that is there, before anything is signed for it.
    void requireFree(TagName name) {
        created().requireFree(file(name));
    }

    private static OutputFiles created() {
        return new OutputFiles(false, "a tag's text never changes; choose another name, or remove the file");
    }

    void create(TagName name, TagFile tag) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be made: %s".formatted(directory, FileCause.of(e)), e);
        }
        write(created(), name, tag);
    }

    /// Replaces a tag by what `change` makes of it as it stands by then.
    void change(TagName name, UnaryOperator<TagFile> change) {
        Path file = directory.resolve(".lock");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel);
            write(new OutputFiles(true), name, change.apply(TagFile.parse(read(name))));
        } catch (IOException e) {
            throw new UnavailableException("tags in %s cannot be locked: %s".formatted(directory, FileCause.of(e)), e);
        }
    }

    /// The lock goes when the channel is closed.
    private void lock(FileChannel channel) throws IOException {
        for (long waited = 0; waited < PATIENCE; waited += PAUSE) {
            if (isLocked(channel)) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("waiting for the tags in %s was interrupted".formatted(directory), e);
            }
        }
        throw new UnavailableException(
                "tags in %s are locked by somebody else for more than %d s".formatted(directory, PATIENCE / 1000));
    }

    /// False when another process has it; another thread of this one would have the JVM throw.
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void write(OutputFiles output, TagName name, TagFile tag) {
        try {
            output.write(file(name), tag.bytes());
            output.commit();
        } finally {
            output.discard();
        }
    }

    /// The names of the files that could be tags, sorted; none where the directory is not there.
    List<String> names() {
        var names = new ArrayList<String>();
        if (!Files.exists(directory)) {
            return names;
        }
        try (var files = Files.newDirectoryStream(directory, "[!.]*" + TagFile.SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - TagFile.SUFFIX.length()));
                if (names.size() > TAGS_MAX) {
                    throw new MalformedException("%s has more than %d tags".formatted(directory, TAGS_MAX));
                }
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("directory", directory, e);
        }
        names.sort(null);
        return names;
    }
}
