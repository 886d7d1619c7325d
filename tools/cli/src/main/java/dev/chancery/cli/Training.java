// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The run from which the start-up cache is made: a throw-away office signs and verifies, so that the classes
/// of usual commands are in the cache. The launcher runs it once (docs/decisions/0003-start-up.md); it is not a
/// command.
public final class Training {
    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("chancery-training");
        try {
            run(directory);
        } finally {
            remove(directory);
        }
    }

    private static void run(Path directory) throws IOException {
        String file =
                Files.writeString(directory.resolve("artifact"), "trained\n").toString();
        var terminal = new Terminal(
                new ByteArrayInputStream("standard input\n".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                System.err,
                Map.of("CHANCERY_HOME", directory.resolve("office").toString()),
                Clock.systemUTC());
        var runs = new ArrayList<List<String>>();
        runs.add(List.of("--version"));
        runs.add(List.of("init"));
        runs.add(List.of("authority", "add", "one"));
        runs.add(List.of("authority", "add", "two", "--format", "raw", "--algorithm", "ed25519"));
        runs.add(List.of("authority", "add", "ssh", "--format", "sshsig"));
        runs.add(List.of("sign", file, "--as", "one"));
        runs.add(List.of("sign", file, "--as", "ssh"));
        runs.add(List.of("sign", "--as", "two", "--output", "-"));
        runs.add(List.of("verify", file, "--require", "one"));
        runs.add(List.of("verify", file, "--require", "1:one,two", "--json"));
        for (var run : runs) {
            int status = Main.run(terminal, run.toArray(String[]::new));
            if (status != ExitStatus.DONE) {
                throw new UnavailableException("training run %s ended with status %d".formatted(run, status));
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
