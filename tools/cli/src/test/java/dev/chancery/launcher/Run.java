// SPDX-License-Identifier: Apache-2.0
package dev.chancery.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What became of a process.
///
/// Its exit status, its standard output (a character for each byte) and its standard error output.
record Run(int status, String output, String errors) {

    /// Seconds that a start may take, the first one with its training run included, on a busy machine.
    private static final int LIMIT = 120;

    static Run of(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        return of(directory, environment, new byte[0], command);
    }

    static Run of(Path directory, Map<String, String> environment, byte[] input, String... command)
            throws IOException, InterruptedException {
        Path stdin = Files.write(Files.createTempFile("stdin", ""), input);
        Path stdout = Files.createTempFile("stdout", "");
        Path stderr = Files.createTempFile("stderr", "");
        try {
            Process process = builder(directory, environment, command)
                    .redirectInput(stdin.toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile())
                    .start();
            if (!process.waitFor(LIMIT, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LIMIT + " s: " + List.of(command));
            }
            return new Run(process.exitValue(), Files.readString(stdout, ISO_8859_1), Files.readString(stderr));
        } finally {
            Files.delete(stdin);
            Files.delete(stdout);
            Files.delete(stderr);
        }
    }

    static ProcessBuilder builder(Path directory, Map<String, String> environment, String... command) {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    byte[] bytes() {
        return output.getBytes(ISO_8859_1);
    }

    String text() {
        return new String(bytes(), UTF_8);
    }

    List<String> lines() {
        return text().lines().toList();
    }

    boolean usedCache() {
        return text().contains("-XX:AOTCache=");
    }
}
