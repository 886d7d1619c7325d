// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.Escrow;
import dev.chancery.cli.life.EscrowOptions;
import dev.chancery.cli.life.LifeOffice;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key escrow check`.
public final class KeyEscrowCommand extends Command {
    private static final String CHECK = "check";

    private final Supplier<String> action = argument("ACTION", List.of(CHECK), "check: open every sealed revocation.");
    private final Supplier<String> name = argument("AUTHORITY", "Whose keys.");
    private final Supplier<Optional<Path>> directory =
            pathOption("--escrow", "DIR", "Where sealed revocations lie. Default: escrow/ of the office.");
    private final Supplier<Optional<String>> source = option(
            "--escrow-passphrase",
            "SOURCE",
            "Their passphrase: file:PATH, fd:NUMBER, credential:NAME or prompt. Default: the file 'escrow-passphrase'"
                    + " of the office.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyEscrowCommand(Terminal terminal) {
        super(
                terminal,
                "Proves that the sealed revocations of an authority's keys still apply.",
                "",
                "Opens each, joins it to the certificate of today and looks whether the key is revoked then. Nothing is"
                        + " written. Exits with 1 when one is missing or does not apply any more.");
        examples("  chancery key escrow check release --escrow /media/safe --escrow-passphrase prompt");
    }

    @Override
    public Integer call() {
        if (!action.get().equals(CHECK)) {
            throw MalformedException.value("action", action.get(), "is not check");
        }
        var office = LifeOffice.of(Office.of(terminal()), terminal().clock().instant());
        var escrow = new EscrowOptions(directory, source).escrow(office.office(), terminal(), false);
        var findings = escrow.check(office.life(new Authority(name.get())));
        boolean good =
                findings.stream().allMatch(finding -> finding.complaints().isEmpty());
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("good", good)
                            .put(
                                    "revocations",
                                    findings.stream()
                                            .map(KeyEscrowCommand::json)
                                            .toList())
                            .toJson()
                            .pretty());
        } else {
            findings.forEach(finding -> terminal()
                    .out()
                    .println(Shown.plain("%s  %s"
                            .formatted(
                                    finding.file().getFileName(),
                                    finding.complaints().isEmpty()
                                            ? "applies"
                                            : String.join("; ", finding.complaints())))));
        }
        return good ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    private static Json json(Escrow.Finding finding) {
        return new JsonFields()
                .put("file", finding.file().toString())
                .put("key", finding.key().hex())
                .put("reason", finding.reason().label())
                .putTexts("complaints", finding.complaints())
                .toJson();
    }
}
