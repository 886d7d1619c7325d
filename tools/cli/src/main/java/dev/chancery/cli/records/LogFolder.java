// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.core.Bytes;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A log in a folder: a server's own, or a copy.
record LogFolder(Path folder) implements LogPlace {
    @Override
    public Optional<Bytes> file(String path, int bytesMax) {
        Path file = folder.resolve(path);
        return Files.exists(file) ? Optional.of(InputFiles.read("log file", file, bytesMax)) : Optional.empty();
    }

    @Override
    public String shown() {
        return Quoted.text(folder.toString());
    }
}
