// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.certificates;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.format.CertificateSummary;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.util.function.Supplier;

/// `chancery certificate show`.
public final class CertificateShowCommand extends Command {
    private final Supplier<String> authority = argument("AUTHORITY", "Whose certificates.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public CertificateShowCommand(Terminal terminal) {
        super(
                terminal,
                "Shows the certificates that the cms signatures of an authority carry: the key's own, then those of"
                        + " its issuers.");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        var certified = CertifiedKey.of(office, new Authority(authority.get()));
        var summaries = certified.format().summaries(certified.certificates(office));
        if (json.get()) {
            var list = summaries.stream().map(CertificateShowCommand::json).toList();
            terminal()
                    .out()
                    .print(new JsonFields().put("certificates", list).toJson().pretty());
        } else {
            summaries.forEach(summary -> print(terminal(), summary));
        }
        return ExitStatus.DONE;
    }

    private static Json json(CertificateSummary summary) {
        return new JsonFields()
                .put("subject", summary.subject())
                .put("issuer", summary.issuer())
                .put("serial", summary.serial())
                .put("not_before", summary.notBefore().toString())
                .put("not_after", summary.notAfter().toString())
                .toJson();
    }

    static void print(Terminal terminal, CertificateSummary summary) {
        terminal.out()
                .println("%s  issued by %s  serial %s  from %s to %s"
                        .formatted(
                                Shown.plain(summary.subject()),
                                Shown.plain(summary.issuer()),
                                summary.serial(),
                                summary.notBefore(),
                                summary.notAfter()));
    }
}
