// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A program that judges what we made. Where it is missing the test says so and is skipped; with
/// `-Dinterop=required` it fails.
record StockTool(String name) {
    private static final int PATIENCE_SECONDS = 60;

    static StockTool require(String name) {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        if (!isThere) {
            String complaint = "skipped: %s is not installed".formatted(name);
            if (System.getProperty("interop", "").equals("required")) {
                fail(complaint);
            }
            Assumptions.abort(complaint);
        }
        return new StockTool(name);
    }

    /// Runs it in a directory; it has to end with status 0. The answer is what it printed.
    String run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", "");
        var builder = new ProcessBuilder(name).directory(directory.toFile());
        builder.command().addAll(Arrays.asList(arguments));
        var process = builder.redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> "%s does not end".formatted(builder.command()));
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertTrue(process.exitValue() == 0, () -> builder.command() + " says: " + printed);
        return printed;
    }
}
