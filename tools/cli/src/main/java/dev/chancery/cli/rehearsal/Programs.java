// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The programs of others on a search path, each run with English messages and a home of its own.
record Programs(String searchPath) {
    /// Seconds: none of them takes one on a quiet machine.
    private static final int PATIENCE = 60;

    /// What became of a run; both outputs together.
    record Run(int status, String output) {}

    boolean has(String... names) {
        return List.of(names).stream().allMatch(name -> find(name).isPresent());
    }

    private Optional<Path> find(String name) {
        for (String folder : searchPath.split(":", -1)) {
            Path file = Path.of(folder, name);
            if (folder.startsWith("/") && Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// In this directory, which is its home, and with nothing on its standard input.
    Run run(Path directory, String... words) {
        return run(directory, Path.of("/dev/null"), List.of(words));
    }

    Run run(Path directory, Path input, List<String> words) {
        var command = new ArrayList<>(words);
        String name = command.getFirst();
        command.set(
                0,
                find(name)
                        .orElseThrow(() -> new UnavailableException(name + " is not on the search path"))
                        .toString());
        Path output = directory.resolve("tool-output");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(input.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment()
                    .putAll(Map.of(
                            "PATH",
                            searchPath,
                            "LC_ALL",
                            "C",
                            "HOME",
                            directory.toString(),
                            "GNUPGHOME",
                            directory.resolve("gnupg").toString()));
            var process = builder.start();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new UnavailableException("%s does not end".formatted(name));
            }
            return new Run(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be run: %s".formatted(name, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while %s was running".formatted(name), e);
        }
    }

    /// The same, of a program that has to succeed.
    void done(Path directory, String... words) {
        var run = run(directory, words);
        if (run.status() != 0) {
            throw new UnavailableException(
                    "%s ended with %d: %s".formatted(String.join(" ", words), run.status(), run.output()));
        }
    }
}
