// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.cli.terminal.Progress;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.files.InputFiles;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Artifacts that lie here, found by what is in them: their names may be others by now.
final class Contents {
    private final Terminal terminal;
    private final Hashes hashes;
    private final Map<Digest, Path> files = new HashMap<>();

    Contents(Terminal terminal, Hashes hashes) {
        this.terminal = terminal;
        this.hashes = hashes;
    }

    /// Looks for artifacts below folders, in what the folders lead to by links to files, too. Only a file that is as
    /// long as one of them is read.
    void find(List<Path> folders, List<OldSignature> wanted) {
        Map<Digest, Long> lengths = new HashMap<>();
        wanted.forEach(one ->
                one.known().filter(Measured::hasSize).ifPresent(known -> lengths.put(one.sha256(), known.size())));
        Set<Long> sizes = new HashSet<>(lengths.values());
        for (Path folder : folders) {
            try (var all = Files.walk(folder)) {
                all.filter(Files::isRegularFile).forEach(file -> look(file, sizes, lengths.keySet()));
            } catch (IOException e) {
                throw InputFiles.unreadable("folder", folder, e);
            } catch (UncheckedIOException e) {
                throw InputFiles.unreadable("folder", folder, new IOException(e.getMessage(), e));
            }
        }
    }

    private void look(Path file, Set<Long> sizes, Set<Digest> wanted) {
        try {
            if (!sizes.contains(Files.size(file))) {
                return;
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("file", file, e);
        }
        var digest =
                measure(file, Set.of(Measure.digest(DigestAlgorithm.SHA256))).digest(DigestAlgorithm.SHA256);
        if (wanted.contains(digest)) {
            files.putIfAbsent(digest, file);
        }
    }

    /// Where a content of this digest lies.
    Optional<Path> file(Digest sha256) {
        return Optional.ofNullable(files.get(sha256));
    }

    Measured measure(Path file, Set<Measure> measures) {
        try (var channel = Files.newByteChannel(file)) {
            var progress = new Progress(terminal, String.valueOf(file.getFileName()), channel.size());
            try {
                return new ContentPass(hashes, progress).measure(channel, measures);
            } finally {
                progress.done();
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("file", file, e);
        }
    }
}
