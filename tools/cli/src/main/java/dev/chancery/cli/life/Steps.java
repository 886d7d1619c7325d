// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// How files change: one at a time, each whole or not at all, in the order in which a command asks for it. A
/// command may be stopped between any two of them; the same command goes on from there. Tests stop it at every
/// one.
@FunctionalInterface
public interface Steps {
    /// The file has this content when this returns, also if the machine stops. Directories above it are made,
    /// mode 0700.
    void replace(Path file, Bytes content);

    /// On the disk.
    static Steps onDisk() {
        return (file, content) -> {
            Optional.ofNullable(file.toAbsolutePath().getParent()).ifPresent(Steps::makeDirectory);
            var files = new OutputFiles(true);
            files.write(file, content);
            files.commit();
        };
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be made: %s".formatted(directory, FileCause.of(e)), e);
        }
    }
}
