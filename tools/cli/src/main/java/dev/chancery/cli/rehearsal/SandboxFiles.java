// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Files of the sandbox. Throws `UnavailableException` where one cannot be written.
final class SandboxFiles {
    private SandboxFiles() {}

    private interface Doing {
        void run() throws IOException;
    }

    private static void doing(Path path, Doing doing) {
        try {
            doing.run();
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be written: %s".formatted(path, FileCause.of(e)), e);
        }
    }

    static void make(Path folder) {
        doing(
                folder,
                () -> Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path file, byte[] content) {
        doing(file, () -> Files.write(file, content));
    }

    static void copyFile(Path from, Path to) {
        doing(to, () -> Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING));
    }

    static void copy(Path from, Path to) {
        doing(to, () -> {
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        });
    }

    static void move(Path from, Path to) {
        doing(to, () -> Files.move(from, to));
    }

    /// What a folder contains, in the order of the names.
    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be read".formatted(folder), e);
        }
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be read".formatted(file), e);
        }
    }

    static String sha256(Path file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readString(file).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | GeneralSecurityException e) {
            throw new UnavailableException("%s cannot be read".formatted(file), e);
        }
    }
}
