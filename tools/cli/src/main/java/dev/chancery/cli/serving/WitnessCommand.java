// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.receipts.LogOption;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import dev.chancery.json.Json;
import dev.chancery.server.witness.WitnessConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery witness`.
public final class WitnessCommand extends Command {
    private final Supplier<Optional<Path>> config =
            pathOption("--config", "FILE", "Run the witness of this configuration.");
    private final Supplier<List<String>> logs = options(
            "--log",
            "VKEY|FILE",
            "A log to be witnessed, at the first start: its verifier key, or a policy file that names it.");
    private final Supplier<Optional<String>> port =
            option("--port", "PORT", "Where to listen this time, instead of the configured port; 0 takes a free one.");

    public WitnessCommand(Terminal terminal) {
        super(
                terminal,
                "Runs a witness: it cosigns checkpoints of transparency logs, and never two histories of one log.",
                "",
                "It speaks C2SP tlog-witness. Without --config it lives in the folder 'witness' beside the local"
                        + " office, which the first start makes: a configuration with the logs that --log names, a key,"
                        + " a certificate, and the state that must never be put back from a backup.");
        examples(
                "  chancery witness --log log.example+530d903a+AekyeRrm56hApGFkyQR4ZC...",
                "  chancery witness --config /etc/chancery/witness.json");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (config.get().isPresent() && !logs.get().isEmpty()) {
            throw new UsageException("--log and --config exclude each other");
        }
        Path file = config.get().orElseGet(this::usual);
        var content = InputFiles.read("configuration", file, Json.DOCUMENT_BYTES_MAX);
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        var configuration = WitnessConfiguration.parse(content, directory);
        RunningWitness.run(
                port.get().map(text -> configuration.onPort(number(text))).orElse(configuration),
                directory,
                terminal());
        return ExitStatus.DONE;
    }

    /// The configuration in the usual place, which is made where there is none.
    private Path usual() {
        var directory = new WitnessDirectory(Office.of(terminal()).home().resolve("witness"));
        Path file = directory.configurationFile();
        if (Files.exists(file)) {
            if (!logs.get().isEmpty()) {
                throw new UsageException("--log is for the first start: the witness has its logs from " + file);
            }
        } else if (logs.get().isEmpty()) {
            throw new UsageException("say which logs are to be witnessed: --log VKEY, or --config FILE");
        } else {
            directory.make(
                    logs.get().stream()
                            .flatMap(text -> LogOption.policy(text).logs().stream())
                            .map(log -> log.key())
                            .toList(),
                    new SecureRandom());
        }
        return file;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new UsageException("port %s is no number".formatted(Quoted.text(text)));
        }
        return Integer.parseInt(text);
    }
}
