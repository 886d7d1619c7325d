// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.KeyChange;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.json.JsonFields;
import dev.chancery.life.Fingerprint;
import dev.chancery.openpgp.AuthorityCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// `chancery key accept`.
public final class KeyAcceptCommand extends KeyCommand {
    private final Supplier<Path> file = pathArgument("FILE", "A version of one of the authority's certificates.");
    private final Supplier<Boolean> dryRun = dryRun();

    public KeyAcceptCommand(Terminal terminal) {
        super(
                terminal,
                "Takes in a certificate that administrators certified, or that was changed on an offline machine.",
                "",
                "Each signature is checked. Kept is what the certificate's own primary key says, and"
                        + " what administrators"
                        + " say that 'key policy' names; everything else is dropped. Nothing is ever taken back.");
        examples("  chancery key accept release certified-by-alice.asc");
    }

    @Override
    public Integer call() {
        var office = office();
        var life = office.life(authority());
        var change = new KeyChange(office, life);
        var content = InputFiles.read("certificate", file.get(), KeyringDirectory.FILE_BYTES_MAX);
        AuthorityCertificate accepted = dryRun.get() ? change.accepted(content) : change.accept(content);
        List<String> by = accepted.certifiers(life.administrators(), office.now()).stream()
                .map(one -> one.primary().fingerprintText())
                .toList();
        var fingerprint = new Fingerprint(accepted.primary().fingerprintText());
        int required = life.ledger().certifications().required();
        if (isJson()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("certificate", fingerprint.hex())
                            .putTexts("certified_by", by)
                            .put("required", required)
                            .toJson()
                            .pretty());
            return ExitStatus.DONE;
        }
        say("certificate %s is certified by %d of %d administrators, %d required"
                .formatted(
                        fingerprint,
                        by.size(),
                        life.ledger().certifications().administrators().size(),
                        required));
        by.forEach(one -> say("  " + one));
        return ExitStatus.DONE;
    }
}
