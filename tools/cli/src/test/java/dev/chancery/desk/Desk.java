// SPDX-License-Identifier: Apache-2.0
package dev.chancery.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// One process for the commands of one office.
public final class Desk implements AutoCloseable {
    /// Two classes run at once; an office more for each.
    private static final int OPEN_MAX = 4;

    /// By directory, the one that was not asked for longest first.
    private static final SequencedMap<Path, Desk> OPEN = new LinkedHashMap<>(OPEN_MAX, 0.75f, true);

    private final Process process;
    private final DataOutputStream commands;
    private final DataInputStream answers;

    private Desk(Process process) {
        this.process = process;
        this.commands = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
    }

    /// What became of a command.
    public record Done(int status, String output, String errors) {}

    /// The desk in this directory; the environment counts when it is opened.
    public static Desk in(Path directory, Map<String, String> environment, Path application) {
        synchronized (OPEN) {
            Desk open = OPEN.get(directory);
            if (open == null || !open.process.isAlive()) {
                open = open(directory, environment, application);
                OPEN.put(directory, open);
                if (OPEN.size() > OPEN_MAX) {
                    OPEN.pollFirstEntry().getValue().close();
                }
            }
            return open;
        }
    }

    private static Desk open(Path directory, Map<String, String> environment, Path application) {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        application.resolve("lib/chancery-cli.jar") + ":"
                                + Path.of("target/test-classes").toAbsolutePath(),
                        "dev.chancery.cli.Clerk")
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8"); // as the launcher has it where it finds C
        try {
            return new Desk(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized Done run(List<String> words) {
        try {
            commands.writeShort(words.size());
            for (String word : words) {
                commands.writeUTF(word);
            }
            commands.flush();
            return new Done(answers.readInt(), text(), text());
        } catch (IOException e) {
            throw new UncheckedIOException("the desk fell silent at " + words, e);
        }
    }

    private String text() throws IOException {
        return new String(answers.readNBytes(answers.readInt()), UTF_8);
    }

    /// Lets it come to its end; a process whose input has ended does.
    @Override
    public synchronized void close() {
        try {
            commands.close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }
}
