// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Plays the terminal of a transcript in the directory in which the tests run, which is empty at the beginning.
///
/// `chancery` runs in this process, through [Main#run], with a clock that stands still; every other line goes
/// to `sh`.
final class Session {
    private static final Instant BEGINNING = Instant.parse("2026-11-21T12:00:00Z");

    /// Seconds: a shell line only makes files.
    private static final int PATIENCE = 60;

    private final Path directory = Path.of("").toAbsolutePath();
    private Instant now = BEGINNING;

    Session() throws IOException {
        if (!directory.toString().matches(".*/target/transcripts-[0-9]+")) {
            throw new IllegalStateException(
                    "transcripts run in target/transcripts-1 and so on (see pom.xml), not in " + directory);
        }
        clear();
    }

    void clear() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        }
    }

    void clock(Instant now) {
        this.now = now;
    }

    /// Runs a line; the answer ends with its exit status if that is not 0.
    List<String> run(String line) throws IOException, InterruptedException {
        var shell = ShellLine.parse(line, directory.toString());
        var output = new ByteArrayOutputStream();
        int status = shell.isChancery() ? chancery(shell, output) : shell(line, output);
        var answer = new ArrayList<>(output.toString(StandardCharsets.UTF_8)
                .replace(directory.toString(), "$PWD")
                .replace(String.valueOf(directory.getFileName()), "transcripts")
                .lines()
                .toList());
        if (status != 0) {
            answer.add("? " + status);
        }
        return answer;
    }

    private int chancery(ShellLine line, OutputStream shown) throws IOException, InterruptedException {
        var environment = new HashMap<>(Map.of("HOME", directory.toString(), "PATH", "/nonexistent"));
        environment.putAll(line.environment());
        byte[] input = input(line);
        try (var file = line.files().output().isPresent()
                ? Files.newOutputStream(Path.of(line.files().output().get()))
                : OutputStream.nullOutputStream()) {
            var out = new PrintStream(line.files().output().isPresent() ? file : shown, true, StandardCharsets.UTF_8);
            var terminal = new Terminal(
                    new ByteArrayInputStream(input),
                    out,
                    new PrintStream(shown, true, StandardCharsets.UTF_8),
                    environment,
                    Clock.fixed(now, ZoneOffset.UTC));
            return Main.run(terminal, line.words().stream().skip(1).toArray(String[]::new));
        }
    }

    private byte[] input(ShellLine line) throws IOException, InterruptedException {
        if (line.before().isPresent()) {
            var piped = new ByteArrayOutputStream();
            shell(line.before().get(), piped);
            return piped.toByteArray();
        }
        return line.files().input().isPresent()
                ? Files.readAllBytes(Path.of(line.files().input().get()))
                : new byte[0];
    }

    private int shell(String line, OutputStream shown) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            output.transferTo(shown);
        }
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("'%s' does not end".formatted(line));
        }
        return process.exitValue();
    }
}
