// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.certificates;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.key.CertificateChain;
import java.nio.file.Path;
import java.util.function.Supplier;

/// `chancery certificate install`.
public final class CertificateInstallCommand extends Command {
    private final Supplier<String> authority = argument("AUTHORITY", "Whose key was certified.");
    private final Supplier<Path> file =
            pathArgument("FILE", "PEM: the key's certificate and those of its issuers, in any order.");

    public CertificateInstallCommand(Terminal terminal) {
        super(
                terminal,
                "Takes in the certificate that a certificate authority issued for the cms key of an authority.",
                "",
                "It has to be of the key, valid, and for digital signatures; the issuers' certificates that come with"
                        + " it have to have signed each other in order. From then on signatures carry it. Earlier"
                        + " certificates stay in the keyring, for what was signed before.");
        examples("  cat qa.crt intermediate.crt > issued.pem && chancery certificate install qa issued.pem");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        var certified = CertifiedKey.of(office, new Authority(authority.get()));
        var issued = InputFiles.read("certificate file", file.get(), CertificateChain.FILE_BYTES_MAX);
        var chain = office.certification(certified.key()).install(certified.key(), issued);
        Path place = office.keyring()
                .file(certified.key().authority(), certified.key().format());
        var before = InputFiles.read("public key file", place, KeyringDirectory.FILE_BYTES_MAX);
        var published = certified.format().publish(before, chain);
        office.keyring().readWith(certified.key().authority(), certified.key().format(), published);
        var files = new OutputFiles(true);
        files.write(place, published);
        files.commit();
        certified.format().summaries(chain).forEach(summary -> CertificateShowCommand.print(terminal(), summary));
        terminal().out().println(Shown.plain(place));
        return ExitStatus.DONE;
    }
}
