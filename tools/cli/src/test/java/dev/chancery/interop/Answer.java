// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a process answered: its exit status, and what it wrote.
public record Answer(List<String> command, int status, String output, String errors) {
    /// Seconds: RSA keys take their time on a busy machine, nothing else does.
    private static final int LIMIT = 180;

    /// Runs a command with exactly this environment and nothing on its standard input.
    public static Answer to(Path directory, Map<String, String> environment, List<String> command) {
        return to(directory, environment, command, "");
    }

    public static Answer to(Path directory, Map<String, String> environment, List<String> command, String input) {
        try {
            Path output = Files.createTempFile(directory, ".out", "");
            Path errors = Files.createTempFile(directory, ".err", "");
            Path given = Files.writeString(Files.createTempFile(directory, ".in", ""), input);
            try {
                var builder = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectInput(given.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().clear();
                builder.environment().putAll(environment);
                return new Answer(command, finished(builder.start(), command), read(output), read(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
                Files.delete(given);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        }
    }

    private static int finished(Process process, List<String> command) {
        try {
            if (process.waitFor(LIMIT, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError("still running after %d s: %s".formatted(LIMIT, command));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), UTF_8);
    }

    public Answer assertStatus(int expected) {
        assertEquals(expected, status, toString());
        return this;
    }

    public Answer assertFails() {
        assertNotEquals(0, status, toString());
        return this;
    }

    public Answer assertSays(String words) {
        assertTrue((output + errors).contains(words), () -> "says not \"" + words + "\": " + this);
        return this;
    }
}
