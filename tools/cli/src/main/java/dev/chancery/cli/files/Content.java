// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.files;

import dev.chancery.cli.terminal.Progress;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.files.InputFiles;
import dev.chancery.files.TreeFiles;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// An artifact that lies here: a file, what comes in on standard input, or a directory with all its files. It is read
/// once.
public final class Content {
    /// Bytes: enough for the first line of any document.
    private static final int PREVIEW_BYTES = 128;

    /// How content is begun to be read.
    @FunctionalInterface
    public interface Opening {
        ReadableByteChannel open() throws IOException;
    }

    private final ArtifactName name;
    private final Optional<Path> path;
    private final long expectedSize;
    private final Opening opening;

    private Content(ArtifactName name, Optional<Path> path, long expectedSize, Opening opening) {
        this.name = name;
        this.path = path;
        this.expectedSize = expectedSize;
        this.opening = opening;
    }

    public static Content file(Path path) {
        if (path.toString().isEmpty()) {
            throw new UsageException("the name of a file is empty");
        }
        try {
            if (Files.isDirectory(path)) {
                throw new MalformedException("artifact %s is a directory, not a file".formatted(path));
            }
            long size = Files.size(path);
            Path last = path.toRealPath().getFileName();
            var name = new ArtifactName(
                    path.getFileName() == null
                            ? String.valueOf(last)
                            : path.getFileName().toString());
            return new Content(name, Optional.of(path), size, () -> Files.newByteChannel(path));
        } catch (IOException e) {
            throw InputFiles.unreadable("artifact", path, e);
        }
    }

    /// A file, or a directory where there is one.
    public static Content fileOrDirectory(Path path) {
        return Files.isDirectory(path) ? directory(path) : file(path);
    }

    private static Content directory(Path path) {
        var name = new ArtifactName(
                String.valueOf(path.toAbsolutePath().normalize().getFileName()));
        return new Content(name, Optional.of(path), 0, () -> {
            throw new MalformedException("artifact %s is a directory, not a file".formatted(path));
        });
    }

    public boolean isDirectory() {
        return path.filter(Files::isDirectory).isPresent();
    }

    public static Content standardInput(Terminal terminal, ArtifactName name) {
        return new Content(name, Optional.empty(), 0, () -> Channels.newChannel(terminal.in()));
    }

    public static Content memory(ArtifactName name, Bytes bytes) {
        return new Content(
                name,
                Optional.empty(),
                bytes.length(),
                () -> Channels.newChannel(new ByteArrayInputStream(bytes.toArray())));
    }

    /// What lies elsewhere; `path` says what is called after it and beside which it goes, and need not be there.
    public static Content elsewhere(ArtifactName name, Path path, Opening opening) {
        return new Content(name, Optional.of(path), 0, opening);
    }

    public ArtifactName name() {
        return name;
    }

    /// Where the file lies; empty for standard input.
    public Optional<Path> path() {
        return path;
    }

    /// Of a directory it is always the tree that is measured.
    public Measured measure(Terminal terminal, Hashes hashes, Set<Measure> measures) {
        var progress = new Progress(terminal, name.text(), expectedSize);
        if (isDirectory()) {
            return measureTree(hashes, progress);
        }
        try (var channel = opening.open()) {
            return new ContentPass(hashes, progress).measure(channel, measures);
        } catch (IOException e) {
            throw InputFiles.unreadable("artifact", path.orElse(Path.of(name.text())), e);
        } finally {
            progress.done();
        }
    }

    private Measured measureTree(Hashes hashes, Progress progress) {
        Path top = path.orElseThrow();
        try {
            return Measured.of(TreeFiles.read(top, hashes, progress));
        } catch (IOException e) {
            throw InputFiles.unreadable("directory", top, e);
        } finally {
            progress.done();
        }
    }

    /// Whether the first bytes of a file look like something; standard input is never looked into beforehand.
    public boolean startsLike(Predicate<Bytes> kind) {
        if (path.isEmpty() || isDirectory()) {
            return false;
        }
        try (var channel = opening.open()) {
            return kind.test(Bytes.of(Channels.newInputStream(channel).readNBytes(PREVIEW_BYTES)));
        } catch (IOException e) {
            throw InputFiles.unreadable("artifact", path.get(), e);
        }
    }

    /// The content whole, for a cleartext document.
    public Bytes bytes(int bytesMax) {
        try (var channel = opening.open()) {
            byte[] bytes = Channels.newInputStream(channel).readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new MalformedException("text %s has more than %d bytes".formatted(name, bytesMax));
            }
            return Bytes.of(bytes);
        } catch (IOException e) {
            throw InputFiles.unreadable("artifact", path.orElse(Path.of(name.text())), e);
        }
    }
}
