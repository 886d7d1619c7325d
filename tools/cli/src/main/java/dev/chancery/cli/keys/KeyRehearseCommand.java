// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.rehearsal.Rehearsal;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `chancery key rehearse`.
public final class KeyRehearseCommand extends Command {
    private final Supplier<Path> directory = pathArgument("DIR", "A new directory for the sandbox, which stays.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");
    private final Running running;

    /// Runs a command of ours in this process.
    @FunctionalInterface
    public interface Running {
        int run(Terminal terminal, List<String> words);
    }

    public KeyRehearseCommand(Terminal terminal, Running running) {
        super(
                terminal,
                "Plays three cycles with overlap, an extension and two revocations in a sandbox, and has the tools that"
                        + " are installed here judge each stage.",
                "",
                "Asks gpg, gpgv, sqv, sqop, rsop, rpm, apt 2.6 and pacman, as far as they are there. Exits with 1"
                        + " when one thinks"
                        + " otherwise than 'key revoke --dry-run' says. Your own office is not touched.");
        this.running = running;
    }

    @Override
    public Integer call() {
        Path sandbox = directory.get().toAbsolutePath();
        if (Files.exists(sandbox, LinkOption.NOFOLLOW_LINKS)) {
            throw MalformedException.value("directory", sandbox.toString(), "is there already");
        }
        var rehearsal = new Rehearsal(
                this::run,
                sandbox,
                terminal().clock().instant(),
                terminal().environment().getOrDefault("PATH", ""));
        var verdicts = rehearsal.run(this::tell);
        boolean good = verdicts.stream().allMatch(Rehearsal.Verdict::isExpected);
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("good", good)
                            .put(
                                    "verdicts",
                                    verdicts.stream()
                                            .map(KeyRehearseCommand::json)
                                            .toList())
                            .toJson()
                            .pretty());
        }
        return good ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    private void tell(Rehearsal.Verdict verdict) {
        if (!json.get()) {
            terminal()
                    .out()
                    .println("%-46s %-10s %-20s %s"
                            .formatted(
                                    verdict.stage(),
                                    verdict.tool(),
                                    verdict.found().words(),
                                    verdict.isExpected()
                                            ? "as expected"
                                            : "EXPECTED " + verdict.expected().words()));
        }
    }

    private static Json json(Rehearsal.Verdict verdict) {
        return new JsonFields()
                .put("stage", verdict.stage())
                .put("tool", verdict.tool())
                .put("found", verdict.found().words())
                .put("expected", verdict.expected().words())
                .toJson();
    }

    private int run(Path home, Instant now, List<String> words) {
        var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var there = new Terminal(
                InputStream.nullInputStream(),
                silent,
                terminal().err(),
                Map.of("CHANCERY_HOME", home.toString()),
                Clock.fixed(now, ZoneOffset.UTC));
        return running.run(there, words);
    }
}
