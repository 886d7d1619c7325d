// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.certificates;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.UnavailableException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery certificate request`.
public final class CertificateRequestCommand extends Command {
    private final Supplier<String> authority = argument("AUTHORITY", "Whose key shall be certified.");
    private final Supplier<Optional<String>> subject = option(
            "--subject",
            "NAME",
            "The distinguished name to ask for: 'CN=qa,O=Example Ltd,C=DE'. Default: CN=AUTHORITY.");
    private final Supplier<Optional<Path>> output =
            pathOption("--output", "PATH", "Where the request goes. Default: standard output.");
    private final Supplier<Boolean> force = flag("--force", "Replace a file that is there already.");

    public CertificateRequestCommand(Terminal terminal) {
        super(
                terminal,
                "Writes a certification request (PKCS #10) for the cms key of an authority.",
                "",
                "A certificate authority answers with a certificate, which 'chancery certificate install' takes in.");
        examples(
                "  chancery certificate request qa --subject 'CN=qa,O=Example Ltd' --output qa.csr",
                "  openssl req -in qa.csr -noout -text -verify");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        var name = new Authority(authority.get());
        var key = CertifiedKey.of(office, name).key();
        var files = new OutputFiles(force.get(), "--force replaces it");
        output.get().ifPresent(files::requireFree);
        var request = office.certification(key).request(key, subject.get().orElse("CN=" + name));
        if (output.get().isPresent()) {
            files.write(output.get().get(), request);
            files.commit();
            terminal().out().println(Shown.plain(output.get().get()));
        } else {
            byte[] bytes = request.toArray();
            terminal().out().write(bytes, 0, bytes.length);
            terminal().out().flush();
            if (terminal().out().checkError()) {
                throw new UnavailableException("standard output cannot be written");
            }
        }
        return ExitStatus.DONE;
    }
}
