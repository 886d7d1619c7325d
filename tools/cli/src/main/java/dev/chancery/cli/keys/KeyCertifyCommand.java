// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.life.KeyCertifying;
import dev.chancery.cli.life.LifeOffice;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.json.JsonFields;
import dev.chancery.life.Fingerprint;
import dev.chancery.openpgp.AuthorityCertificate;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/// `chancery key certify`.
public final class KeyCertifyCommand extends Command {
    private final Supplier<Path> request = pathArgument("FILE", "What 'key request-certification' wrote elsewhere.");
    private final Supplier<String> as = requiredOption("--as", "AUTHORITY", "Whose primary key certifies: yours.");
    private final Supplier<String> fingerprint = requiredOption(
            "--fingerprint", "HEX", "The fingerprint that you were told, not the one that the file has.");
    private final Supplier<Path> output = requiredPathOption("--output", "FILE", "Where the certified one goes.");
    private final Supplier<Boolean> force = flag("--force", "Replace the file.");
    private final Supplier<Boolean> dryRun = flag("--dry-run", "Write nothing; show what would be certified.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyCertifyCommand(Terminal terminal) {
        super(
                terminal,
                "Certifies, as an administrator, that another office's primary key belongs to its user IDs.",
                "",
                "With the primary key of an authority of your own office. Refused when the"
                        + " fingerprint is another one.");
        examples("  chancery key certify request.asc --as alice --fingerprint HEX --output certified.asc");
    }

    @Override
    public Integer call() {
        var office = LifeOffice.of(Office.of(terminal()), terminal().clock().instant());
        var asked = AuthorityCertificate.read(
                InputFiles.read("certificate", request.get(), KeyringDirectory.FILE_BYTES_MAX));
        var told = new Fingerprint(fingerprint.get().replace(" ", "").toUpperCase(Locale.ROOT));
        KeyCertifying.requireFingerprint(asked, told);
        String userIds =
                String.join(", ", asked.userIds().stream().map(id -> id.text()).toList());
        if (!dryRun.get()) {
            var certified = KeyCertifying.certify(office, new Authority(as.get()), asked);
            var files = new OutputFiles(force.get(), "--force replaces it");
            files.write(output.get(), certified);
            files.commit();
        }
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("file", output.get().toString())
                            .put("fingerprint", told.hex())
                            .putTexts(
                                    "user_ids",
                                    asked.userIds().stream()
                                            .map(id -> id.text())
                                            .toList())
                            .put("written", !dryRun.get())
                            .toJson()
                            .pretty());
        } else {
            terminal()
                    .out()
                    .println(Shown.plain("%s %s as %s: %s"
                            .formatted(dryRun.get() ? "would certify" : "certified", told, as.get(), userIds)));
        }
        return ExitStatus.DONE;
    }
}
