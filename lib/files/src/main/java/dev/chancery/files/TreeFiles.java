// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Tree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// Reads a directory as a [Tree]: every file once. Links are not followed: a manifest could not say where they lead,
/// so a directory that holds one is malformed, and so are pipes, sockets and devices.
public final class TreeFiles extends SimpleFileVisitor<Path> {
    private final Path top;
    private final Hashes hashes;
    private final LongConsumer progress;
    private final TreeMap<String, Digest> digests = new TreeMap<>();
    private long read;

    private TreeFiles(Path top, Hashes hashes, LongConsumer progress) {
        this.top = top;
        this.hashes = hashes;
        this.progress = progress;
    }

    /// `progress` is told the bytes read so far.
    public static Tree read(Path top, Hashes hashes, LongConsumer progress) throws IOException {
        var files = new TreeFiles(top, hashes, progress);
        Files.walkFileTree(top, files);
        if (files.digests.isEmpty()) {
            throw new MalformedException("directory %s holds no file".formatted(top));
        }
        return Tree.of(files.digests);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            throw new MalformedException("directory %s holds %s %s, which a manifest cannot name"
                    .formatted(
                            top,
                            attributes.isSymbolicLink() ? "the link" : "the special file",
                            Quoted.text(top.relativize(file).toString())));
        }
        if (digests.size() == Tree.FILES_MAX) {
            throw new MalformedException("directory %s holds more than %d files".formatted(top, Tree.FILES_MAX));
        }
        long before = read;
        var sha256 = Measure.digest(DigestAlgorithm.SHA256);
        try (var channel = Files.newByteChannel(file)) {
            var pass = new ContentPass(hashes, bytes -> progress.accept(before + bytes));
            var measured = pass.measure(channel, Set.of(sha256));
            read = before + measured.size();
            digests.put(top.relativize(file).toString(), measured.digest(DigestAlgorithm.SHA256));
        }
        return FileVisitResult.CONTINUE;
    }
}
