// SPDX-License-Identifier: Apache-2.0
package dev.chancery.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The application directory that Maven made: all that the start-up cache needs, and nothing that is not
/// accounted for.
class PackagedApplicationIT {

    private static final Path APP = Installation.PACKAGED;

    /// The oldest class file that the AOT cache takes: Java 6.
    private static final int OLDEST = 50;

    @Test
    void noJarHoldsWhatTheStartUpCacheRefuses() throws Exception {
        for (Path path : jars()) {
            try (var jar = new JarFile(path.toFile())) {
                assertTrue(jar.getManifest().getEntries().isEmpty(), path + " has digests in its manifest");
                for (JarEntry entry : jar.stream().toList()) {
                    String name = entry.getName();
                    assertFalse(
                            name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"),
                            path + " is signed; add it to `unsign` in tools/cli/pom.xml");
                    if (name.endsWith(".class")) {
                        assertTrue(version(jar, entry) >= OLDEST, path + ": " + name + " is too old");
                    }
                }
            }
        }
    }

    private static int version(JarFile jar, JarEntry entry) throws IOException {
        try (var in = new DataInputStream(jar.getInputStream(entry))) {
            in.readInt();
            return in.readInt();
        }
    }

    /// The stand-ins of StartUpCacheIT cannot tell whether the command's own training run still passes.
    @Test
    void theFirstStartMakesTheStartUpCache(@TempDir Path home) throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        var builder = new ProcessBuilder(APP.resolve("bin/chancery").toString(), "--version");
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("CHANCERY_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("CHANCERY_DEBUG", "1");
        Process process = builder.redirectError(home.resolve("errors").toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor());
        assertTrue(output.startsWith("chancery "), output);
        assertEquals("", Files.readString(home.resolve("errors")));
        try (Stream<Path> files = Files.list(home.resolve(".cache/chancery"))) {
            List<Path> made = files.toList();
            assertEquals(1, made.size(), made.toString());
            assertTrue(made.getFirst().toString().endsWith(".aot"), made.toString());
        }
    }

    @Test
    void theClassPathNamesEveryJarAndNoOther() throws Exception {
        try (var jar = new JarFile(APP.resolve("lib/chancery-cli.jar").toFile())) {
            var named = new TreeSet<>(List.of(
                    jar.getManifest().getMainAttributes().getValue("Class-Path").split(" ")));
            named.add("chancery-cli.jar");
            assertEquals(
                    named,
                    jars().stream().map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void theListingAccountsForEveryFile() throws Exception {
        var expected = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(APP)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = APP.relativize(file).toString();
                if (!name.equals("files.sha256") && !name.equals("lib/app.sha256")) {
                    expected.add(sha256(Files.readAllBytes(file)) + "  " + name);
                }
            }
        }
        List<String> listed = Files.readAllLines(APP.resolve("files.sha256"));
        assertEquals(expected, new TreeSet<>(listed));

        String ofJars = listed.stream()
                .filter(line -> line.endsWith(".jar"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        assertEquals(sha256(ofJars.getBytes(UTF_8)) + "\n", Files.readString(APP.resolve("lib/app.sha256")));
    }

    @Test
    void theLicencesOfTheDependenciesAreThere() throws Exception {
        assertTrue(Files.readString(APP.resolve("LICENSE")).contains("Apache License"));
        assertTrue(Files.readString(APP.resolve("licenses/picocli-LICENSE")).contains("Apache License"));
        assertTrue(Files.readString(APP.resolve("licenses/bouncycastle-LICENSE.md"))
                .contains("Bouncy Castle"));
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(APP.resolve("lib"))) {
            return files.filter(path -> path.toString().endsWith(".jar")).toList();
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
