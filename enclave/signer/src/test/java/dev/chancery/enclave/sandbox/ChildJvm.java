// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// Starts [SealedProcess] from jars, which any user can read, in a directory that its user can write.
final class ChildJvm {
    private final Path jars;
    private final Path directory;
    private final List<String> prefix;

    /// `prefix` is a command that starts another one, perhaps as another user: `setpriv …`.
    ChildJvm(Path base, List<String> prefix) throws IOException {
        this.prefix = prefix;
        this.jars = readable(Files.createDirectories(base.resolve("jars")));
        this.directory = readable(Files.createDirectories(base.resolve("work")));
        for (var type : List.of(SealedProcess.class, Sandbox.class, dev.chancery.core.Quoted.class)) {
            jar(source(type), jars.resolve(type.getSimpleName() + ".jar"));
        }
        Files.copy(
                source(org.bouncycastle.crypto.signers.Ed25519Signer.class),
                library(),
                StandardCopyOption.REPLACE_EXISTING);
        try (var files = Files.list(jars)) {
            files.forEach(ChildJvm::readable);
        }
    }

    Path directory() {
        return directory;
    }

    Process start(SealedProcess.Mode mode, Sealing.Filter filter, String... more) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                jars + "/SealedProcess.jar:" + jars + "/Sandbox.jar:" + jars + "/Quoted.jar:" + library(),
                SealedProcess.class.getName(),
                directory.toString(),
                mode.name(),
                filter.name(),
                library().toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).start();
    }

    private Path library() {
        return jars.resolve("library.jar");
    }

    private static Path source(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /// Classes come as a jar or, from a build of all modules, as a directory.
    private static void jar(Path source, Path target) throws IOException {
        if (Files.isRegularFile(source)) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try (var files = Files.walk(source);
                OutputStream output = Files.newOutputStream(target);
                var jar = new JarOutputStream(output)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(source.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }

    private static Path readable(Path path) {
        try {
            return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
