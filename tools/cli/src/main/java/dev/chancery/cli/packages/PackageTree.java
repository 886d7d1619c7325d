// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files of a directory, and its empty directories, in the order of their names' UTF-16 units. Links and special
/// files are refused: unpacked, they would be something else.
final class PackageTree extends SimpleFileVisitor<Path> {
    private static final int RUN = 0755;
    private static final int READ = 0644;

    private final Path top;
    private final TreeMap<String, Path> files = new TreeMap<>();

    private PackageTree(Path top) {
        this.top = top;
    }

    /// Writes all of it below a first folder of this name, and behind it the manifest, if there is one.
    static void write(Path top, String folder, Optional<Bytes> manifest, StoredZip zip) throws IOException {
        var tree = new PackageTree(top);
        Files.walkFileTree(top, tree);
        if (tree.files.values().stream().noneMatch(Files::isRegularFile)) {
            throw new MalformedException("directory %s holds no file".formatted(top));
        }
        for (Map.Entry<String, Path> entry : tree.files.entrySet()) {
            String name = folder + "/" + entry.getKey();
            if (Files.isDirectory(entry.getValue())) {
                zip.directory(name);
            } else {
                zip.file(name, permissions(entry.getValue()), () -> Files.newInputStream(entry.getValue()));
            }
        }
        if (manifest.isPresent()) {
            byte[] bytes = manifest.get().toArray();
            zip.file(folder + "/" + ContentManifest.FILE, READ, () -> new ByteArrayInputStream(bytes));
        }
    }

    private static int permissions(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE) ? RUN : READ;
        } catch (UnsupportedOperationException e) {
            return READ; // a file system that knows no permissions
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        try (var inside = Files.list(directory)) {
            if (!directory.equals(top) && inside.findAny().isEmpty()) {
                files.put(name(directory), directory);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            throw new MalformedException("directory %s holds %s %s, which a package cannot"
                    .formatted(
                            top,
                            attributes.isSymbolicLink() ? "the link" : "the special file",
                            Quoted.text(top.relativize(file).toString())));
        }
        if (files.size() == StoredZip.ENTRIES_MAX) {
            throw new MalformedException("directory %s holds more than %d files".formatted(top, StoredZip.ENTRIES_MAX));
        }
        files.put(name(file), file);
        return FileVisitResult.CONTINUE;
    }

    private String name(Path file) {
        return top.relativize(file).toString().replace(java.io.File.separatorChar, '/');
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        throw InputFiles.unreadable("file", file, e);
    }
}
