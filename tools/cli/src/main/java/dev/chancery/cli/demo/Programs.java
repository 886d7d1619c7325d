// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs other people's programs in one directory, with nothing of the user's environment but the search path.
final class Programs {
    /// Bytes of output that are looked at: a verdict is at the beginning, and has some hundred.
    private static final int OUTPUT_BYTES_MAX = 1 << 16;

    /// What a program did. Its status is [#UNFINISHED] when it was stopped.
    record Run(int status, String output) {
        static final int UNFINISHED = -1;

        boolean finished() {
            return status != UNFINISHED;
        }
    }

    private final Path directory;
    private final String searchPath;
    private final Duration patience;

    /// `patience` is what one run may take.
    Programs(Path directory, String searchPath, Duration patience) {
        this.directory = directory;
        this.searchPath = searchPath;
        this.patience = patience;
    }

    /// Where a program is; empty when it is not installed. Relative entries of the search path are skipped:
    /// the current directory may be anybody's.
    Optional<Path> find(String program) {
        for (String entry : searchPath.split(":", -1)) {
            if (entry.startsWith("/")) {
                Path file = Path.of(entry, program);
                if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /// Runs a program that is installed to its end, or stops it when it takes too long. Throws
    /// `UnavailableException` when it cannot be started.
    Run run(ShellCommand command) {
        Path program = find(command.program())
                .orElseThrow(
                        () -> new UnavailableException("program %s is not installed".formatted(command.program())));
        var words = new ArrayList<>(command.words());
        words.set(0, program.toString());
        Path output = directory.resolve(".output");
        var builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.redirectInput(command.input()
                .map(directory::resolve)
                .orElse(Path.of("/dev/null"))
                .toFile());
        builder.redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", searchPath, "LC_ALL", "C", "HOME", directory.toString()));
        try {
            var run = new Run(status(builder.start()), head(output));
            Files.delete(output);
            return run;
        } catch (IOException e) {
            throw new UnavailableException("program %s cannot be run: %s".formatted(program, e.getMessage()), e);
        }
    }

    private int status(Process process) {
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        return Run.UNFINISHED;
    }

    /// Output goes through a file, so that a program that prints much neither waits for a reader nor fills
    /// the memory.
    private static String head(Path output) throws IOException {
        try (var input = Files.newInputStream(output)) {
            return new String(input.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }
}
