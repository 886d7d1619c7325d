// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.tree.EntryBundle;
import dev.chancery.tree.TileFile;
import dev.chancery.tree.TilePath;
import dev.chancery.tree.TileSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The files of a log, as any web server can hand them out: `checkpoint`, `tile/…` (C2SP `tlog-tiles`).
///
/// A file has its name only when it is whole. A tile is never changed: one that is there with other bytes means that
/// two histories of one log meet here, and is *unavailable* until somebody has looked. Full tiles are flushed before
/// they count. Partial ones are not, for each publication makes some, and the store has all that is in them: what is
/// too short after a machine lost its power is written again.
public final class TileFolder implements TileSource {
    private static final String CHECKPOINT = "checkpoint";
    /// Bytes: more than any checkpoint with its witnesses.
    private static final int CHECKPOINT_BYTES_MAX = 1 << 17;

    private static final AtomicLong NAMES = new AtomicLong();

    private final Path folder;

    public TileFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Bytes> read(TilePath path) {
        return read(folder.resolve(path.toString()), EntryBundle.BYTES_MAX);
    }

    /// What was shown last; empty before the first time.
    public Optional<Bytes> checkpoint() {
        return read(folder.resolve(CHECKPOINT), CHECKPOINT_BYTES_MAX);
    }

    /// How many entries were shown last.
    public long shownSize() {
        return checkpoint().map(Shown::of).orElse(0L);
    }

    /// Where a tile lies, or will.
    public Path file(TilePath path) {
        return folder.resolve(path.toString());
    }

    private static Optional<Bytes> read(Path file, int most) {
        try {
            if (Files.size(file) > most) {
                throw new UnavailableException("the log's file %s has more than %d bytes".formatted(file, most));
            }
            return Optional.of(Bytes.of(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnavailableException("the log's file %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// Writes tiles and bundles, and returns when all have their names and the full ones are durable.
    void write(List<TileFile> files) {
        Set<Path> directories = new LinkedHashSet<>();
        for (TileFile file : files) {
            Path target = file(file.path());
            var there = read(target, EntryBundle.BYTES_MAX);
            boolean full = file.path().isFull();
            boolean torn = !full
                    && there.filter(some -> some.length() < file.content().length())
                            .isPresent();
            if (there.isEmpty() || torn) {
                Set<Path> changed = put(target, file.content(), full);
                directories.addAll(full ? changed : Set.of());
            } else if (!there.get().equals(file.content())) {
                throw new UnavailableException(
                        "the log's file %s is there with other bytes than those that belong into it".formatted(target));
            }
        }
        directories.forEach(TileFolder::flush);
        files.stream().map(TileFile::path).filter(TilePath::isFull).forEach(this::dropPartsOf);
    }

    /// Shows a checkpoint, unless a larger one is shown already: of two servers the slower one comes late.
    void show(long size, String checkpoint) {
        try (var lock = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (held.isValid() && checkpoint().map(Shown::of).orElse(-1L) < size) {
                // The name was there before; where it comes to nothing, the store's checkpoint is shown at the start.
                put(folder.resolve(CHECKPOINT), Bytes.of(checkpoint.getBytes(StandardCharsets.UTF_8)), true);
            }
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /// Makes the folder, where there is none.
    void make() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /// Writes again what a machine that lost its power left half written of the partial tiles in the places of this
    /// edge, also of those that were there before it grew.
    void mend(List<TileFile> edge) {
        for (TileFile now : edge) {
            for (int width = 1; width < TilePath.WIDTH && width <= now.path().width(); width++) {
                if (Files.exists(file(now.path().ofWidth(width)))) {
                    write(List.of(now.narrowed(width)));
                }
            }
        }
    }

    /// Writes the file, and returns the directories that changed for it.
    private static Set<Path> put(Path target, Bytes content, boolean flushed) {
        Set<Path> directories = new LinkedHashSet<>();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IllegalArgumentException("no file is called " + target);
        }
        Path fresh =
                directory.resolve(".new-%d-%d".formatted(ProcessHandle.current().pid(), NAMES.incrementAndGet()));
        try {
            for (Path above = directory; above != null && !Files.isDirectory(above); above = above.getParent()) {
                directories.add(above);
                directories.add(above.resolveSibling(".").normalize());
            }
            Files.createDirectories(directory);
            try (var channel = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var rest = ByteBuffer.wrap(content.toArray());
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                if (flushed) {
                    channel.force(true);
                }
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            directories.add(directory);
            return directories;
        } catch (IOException e) {
            drop(fresh);
            throw failed(target, e);
        }
    }

    /// A file's name is durable when its directory is.
    private static void flush(Path directory) {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /// "Partial tiles may be deleted once the full tile is there." Those that stay behind do no harm.
    private void dropPartsOf(TilePath full) {
        Path parts = file(full.ofWidth(1)).getParent();
        if (parts == null || !Files.isDirectory(parts)) {
            return;
        }
        try (var files = Files.newDirectoryStream(parts)) {
            files.forEach(TileFolder::drop);
        } catch (IOException e) {
            return;
        }
        drop(parts);
    }

    private static void drop(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is in nobody's way.
        }
    }

    private static UnavailableException failed(Path file, IOException e) {
        return new UnavailableException("the log's file %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
}
