// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.RefusedException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// What a JVM reads, whatever it runs. Paths that this machine does not have are left out.
final class RuntimePaths {
    /// Libraries and their cache; names, which messages about owners want; time zones; what the JVM asks
    /// about processors and memory; random numbers.
    private static final List<String> SYSTEM = List.of(
            "/lib",
            "/lib32",
            "/lib64",
            "/usr/lib",
            "/usr/lib64",
            "/etc/ld.so.cache",
            "/etc/nsswitch.conf",
            "/etc/passwd",
            "/etc/group",
            "/etc/localtime",
            "/etc/timezone",
            "/usr/share/zoneinfo",
            "/proc",
            "/sys/fs/cgroup",
            "/sys/devices/system",
            "/sys/kernel/mm",
            "/dev/random",
            "/dev/urandom",
            "/dev/null");

    private RuntimePaths() {}

    static Set<Path> readable(CommandLine commandLine) {
        var paths = new LinkedHashSet<Path>();
        SYSTEM.forEach(path -> paths.add(Path.of(path)));
        var home = Path.of(System.getProperty("java.home"));
        paths.add(home);
        paths.addAll(linkedFrom(home));
        for (String entry : (System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("jdk.module.path", ""))
                .split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                requireJar(Path.of(entry));
                paths.add(Path.of(entry));
                paths.addAll(namedByManifest(Path.of(entry)));
            }
        }
        paths.addAll(commandLine.filesOfOptions());
        paths.removeIf(path -> !Files.exists(path));
        return paths;
    }

    /// What execve has to execute: this JVM, and the dynamic loader that is mapped into it.
    static Set<Path> executable() {
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            var paths = new LinkedHashSet<Path>();
            paths.add(Path.of("/proc/self/exe").toRealPath());
            maps.filter(line -> line.indexOf('/') > 0)
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(path -> path.getFileName().toString().matches("ld-.*\\.so.*|ld\\.so.*"))
                    .filter(Files::exists)
                    .forEach(paths::add);
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Distributions keep parts of a JDK in `/etc`, and link there.
    private static List<Path> linkedFrom(Path home) {
        try (var files = Files.walk(home)) {
            return files.filter(Files::isSymbolicLink)
                    .filter(Files::exists)
                    .map(RuntimePaths::realPath)
                    .filter(target -> !target.startsWith(realPath(home)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A jar stays open; in a directory each class is a file of its own, which nobody can open after the
    /// seal.
    private static void requireJar(Path entry) {
        if (Files.isDirectory(entry)) {
            throw new RefusedException(
                    "sandbox-path", "the class path has the directory %s: a sealed JVM needs jars".formatted(entry));
        }
    }

    /// The jars in the `Class-Path` of a jar's manifest.
    private static List<Path> namedByManifest(Path entry) {
        if (!Files.isRegularFile(entry)) {
            return List.of();
        }
        try (var jar = new JarFile(entry.toFile())) {
            var manifest = jar.getManifest();
            String names =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return names == null
                    ? List.of()
                    : Stream.of(names.trim().split(" +"))
                            .map(name -> Path.of(entry.toUri().resolve(name)))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
