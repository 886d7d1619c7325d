// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry;

import dev.chancery.core.Bytes;
import dev.chancery.packet.Armor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packages to hand out.
public final class TestPackages {
    /// An armored signature, for whoever does not look into it.
    public static final String SIGNATURE = Armor.write(Armor.Kind.SIGNATURE, Bytes.of(new byte[] {(byte) 0xc2, 0}));

    private TestPackages() {}

    /// Those of the resources, of which `answers.json` has what another registry tells.
    public static List<Path> write(Path folder) throws IOException {
        Path all = resource("packages");
        try (var packages = Files.list(all)) {
            var names = packages.sorted().toList();
            for (Path one : names) {
                var files = new TreeMap<String, Bytes>();
                try (var walk = Files.walk(one)) {
                    for (Path file : walk.filter(Files::isRegularFile).toList()) {
                        files.put(all.relativize(file).toString(), Bytes.of(Files.readAllBytes(file)));
                    }
                }
                write(folder, one.getFileName() + ".zip", files);
            }
            return names;
        }
    }

    public static Path resource(String name) {
        try {
            var url = TestPackages.class.getResource(name);
            return Path.of(java.util.Objects.requireNonNull(url).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A package of little, and its signature.
    public static Path write(Path folder, String name, String version) throws IOException {
        return write(folder, "%s-%s.zip".formatted(name, version), plain(name, version));
    }

    /// The files of a package of little.
    public static Map<String, Bytes> plain(String name, String version) {
        var files = new TreeMap<String, Bytes>();
        String root = name + "-" + version;
        files.put(root + "/docs/README.md", bytes("# " + name));
        files.put(root + "/manifest.yml", bytes("""
                format_version: 1.0.0
                name: %s
                title: A package
                version: %s
                description: Of little.
                """.formatted(name, version)));
        return files;
    }

    public static Path write(Path folder, String file, Map<String, Bytes> files) throws IOException {
        Files.writeString(folder.resolve(file + ".sig"), SIGNATURE);
        return zip(folder.resolve(file), files);
    }

    public static Path zip(Path file, Map<String, Bytes> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            for (var one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue().toArray());
                zip.closeEntry();
            }
        }
        return file;
    }

    public static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
