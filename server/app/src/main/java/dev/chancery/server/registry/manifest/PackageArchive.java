// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The files in a package, which lie below `NAME-VERSION/` in its zip file. Others in it are not looked at.
public final class PackageArchive implements AutoCloseable {
    /// Files and folders in a package: the largest that are published have two thousand.
    public static final int ENTRIES_MAX = 20_000;
    /// Bytes of a file that is handed out of a package: a picture, a page.
    public static final int FILE_BYTES_MAX = 16 << 20;

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private PackageArchive(ZipFile zip, PackageId id) {
        this.zip = zip;
        String root = id + "/";
        if (zip.size() > ENTRIES_MAX) {
            throw new MalformedException(
                    "package has %d files and folders, more than %d".formatted(zip.size(), ENTRIES_MAX));
        }
        zip.stream().filter(entry -> entry.getName().startsWith(root)).forEach(entry -> {
            String name = entry.getName().substring(root.length());
            if (!name.isEmpty() && entries.putIfAbsent(name, entry) != null) {
                throw new MalformedException("package has two files %s".formatted(Quoted.text(name)));
            }
        });
    }

    /// Throws `MalformedException` where it is no zip file, or one that two programs would read differently.
    public static PackageArchive open(Path file, PackageId id) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new MalformedException(
                    "package is not a zip file: " + Quoted.text(String.valueOf(e.getMessage())), e);
        }
        try {
            return new PackageArchive(zip, id);
        } catch (MalformedException e) {
            zip.close();
            throw e;
        }
    }

    /// Names of files, without folders, in the order of the zip file.
    List<String> files() {
        return entries.keySet().stream().filter(name -> !name.endsWith("/")).toList();
    }

    /// Names of the files in a folder, without those in folders of it.
    List<String> files(String folder) {
        return files().stream()
                .filter(name -> name.startsWith(folder + "/") && name.indexOf('/', folder.length() + 1) < 0)
                .map(name -> name.substring(folder.length() + 1))
                .toList();
    }

    boolean has(String file) {
        return entries.containsKey(file) && !file.endsWith("/");
    }

    /// Bytes of a file, as the zip file tells; empty where there is none.
    public OptionalLong size(String file) {
        var entry = entries.get(file);
        return entry == null || entry.isDirectory() ? OptionalLong.empty() : OptionalLong.of(entry.getSize());
    }

    /// Writes a file out; an `IOException` where it has more than [#FILE_BYTES_MAX].
    public void copy(String file, OutputStream out) throws IOException {
        try (InputStream input = zip.getInputStream(entries.get(file))) {
            byte[] piece = new byte[1 << 14];
            long left = FILE_BYTES_MAX;
            for (int read = input.read(piece); read >= 0; read = input.read(piece)) {
                left -= read;
                if (left < 0) {
                    throw new IOException("file %s of the package is longer than it says".formatted(file));
                }
                out.write(piece, 0, read);
            }
        }
    }

    /// A file's bytes; empty where there is none. Throws `MalformedException` where it is longer.
    public Optional<Bytes> read(String file, int bytesMax) throws IOException {
        if (!has(file)) {
            return Optional.empty();
        }
        try (InputStream input = zip.getInputStream(entries.get(file))) {
            byte[] bytes = input.readNBytes(bytesMax);
            if (input.read() >= 0) {
                throw new MalformedException(
                        "file %s of the package has more than %d bytes".formatted(Quoted.text(file), bytesMax));
            }
            return Optional.of(Bytes.of(bytes));
        } catch (ZipException e) {
            throw new MalformedException("file %s of the package cannot be unpacked".formatted(Quoted.text(file)), e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
