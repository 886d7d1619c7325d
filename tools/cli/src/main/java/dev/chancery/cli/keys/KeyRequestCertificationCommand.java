// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.JsonFields;
import dev.chancery.life.KeyState;
import dev.chancery.life.Ledger;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key request-certification`.
public final class KeyRequestCertificationCommand extends KeyCommand {
    private final Supplier<Path> output =
            requiredPathOption("--output", "FILE", "Where the certificate for the administrators goes.");
    private final Supplier<Optional<String>> cycle = cycle("the newest that is not over");
    private final Supplier<Boolean> force = flag("--force", "Replace the file.");

    public KeyRequestCertificationCommand(Terminal terminal) {
        super(
                terminal,
                "Writes what administrators certify: the primary key and its user IDs, and nothing else.",
                "",
                "Tell them the fingerprint on another way than the file. They certify with 'chancery key certify', 'gpg"
                        + " --sign-key' or 'sq pki vouch add', and send back what they export.");
    }

    @Override
    public Integer call() {
        var life = office().life(authority());
        Ledger.Entry entry = cycle.get().isPresent()
                ? life.entry(cycle.get())
                : life.ledger().entries().reversed().stream()
                        .filter(one -> !life.state(one).isRevoked() && life.state(one) != KeyState.EXPIRED)
                        .findFirst()
                        .orElseGet(() -> life.entry(Optional.empty()));
        var files = new OutputFiles(force.get(), "--force replaces it");
        files.write(
                output.get(), life.certificate(entry.certificate()).minimal().armored());
        files.commit();
        if (isJson()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("file", output.get().toString())
                            .put("fingerprint", entry.certificate().hex())
                            .toJson()
                            .pretty());
        } else {
            say("%s  fingerprint %s".formatted(output.get(), entry.certificate()));
        }
        return ExitStatus.DONE;
    }
}
