// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.authorities;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.files.StockKeys;
import dev.chancery.json.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery keyring export`.
public final class KeyringExportCommand extends Command {
    private final Supplier<Path> directory = pathArgument("DIR", "Where to; made when it is not there.");
    private final Supplier<Optional<String>> tool = option(
            "--for", "TOOL", new Candidates.Tools(), "One of ${COMPLETION-CANDIDATES}. Default: a keyring of ours.");
    private final Supplier<Boolean> force = flag("--force", "Replace files that are there already.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyringExportCommand(Terminal terminal) {
        super(
                terminal,
                "Writes the public keys of all authorities to a directory, in a form of your choice.",
                "",
                "Without --for: a keyring for 'chancery verify --keyring'.",
                "--for gpg: AUTHORITY.gpg, each a keyring for gpgv and sqv.",
                "--for sop: AUTHORITY.openpgp.asc and AUTHORITY.openpgp6.asc, for sqop and rsop.",
                "--for openssl: AUTHORITY.pem, for openssl dgst and pkeyutl; AUTHORITY-2.pem and so on for further"
                        + " keys; AUTHORITY.cms.pem, certificates for openssl cms -partial_chain -CAfile;"
                        + " AUTHORITY.tag.pem for tags; timestamp_services.pem for openssl ts.",
                "--for cosign: AUTHORITY.cosign.pub, and an empty trusted_root.json for cosign verify-blob.",
                "--for notation: AUTHORITY.notation.pem, for a trust store of the type ca: certificates that issued"
                        + " themselves, the authority's own or those above them.",
                "--for minisign: AUTHORITY.minisign.pub, and AUTHORITY-2.minisign.pub in the same way.",
                "--for signify: AUTHORITY.signify.pub, likewise.",
                "--for ssh: allowed_signers, one file for all, for ssh-keygen -Y verify.",
                "--for pacman: AUTHORITY.gpg, AUTHORITY-trusted and AUTHORITY-revoked, for pacman-key --populate.",
                "--for debian: AUTHORITY-archive-keyring_VERSION_all.deb, whose keyring signed-by names.",
                "--for pgpverify: AUTHORITY.keysmap, for Maven's pgpverify plugin.",
                "--for keys: KEYS, all OpenPGP certificates in one file for people.");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        office.requireMade();
        var exported = exported(office.keyring());
        makeDirectory();
        var output = new OutputFiles(force.get(), "--force replaces it");
        exported.forEach((name, content) -> output.write(directory.get().resolve(name), content));
        output.commit();
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .putTexts("files", exported.keySet())
                            .toJson()
                            .pretty());
        } else {
            exported.keySet()
                    .forEach(name ->
                            terminal().out().println(Shown.plain(directory.get().resolve(name))));
        }
        return ExitStatus.DONE;
    }

    private Map<String, Bytes> exported(KeyringDirectory keyring) {
        var exported = new LinkedHashMap<String, Bytes>();
        keyring.read(); // what does not read is not given out
        tool.get()
                .ifPresentOrElse(
                        wanted -> exported.putAll(StockKeys.files(wanted, keyring.files())),
                        () -> keyring.files()
                                .forEach((format, files) -> files.forEach((authority, file) -> exported.put(
                                        keyring.file(authority, format)
                                                .getFileName()
                                                .toString(),
                                        file))));
        if (tool.get().isEmpty() || tool.get().get().equals("openssl")) {
            keyring.timestampServices()
                    .ifPresent(certificates -> exported.put(
                            keyring.timestampServicesFile().getFileName().toString(), certificates));
        }
        return exported;
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(directory.get());
        } catch (IOException e) {
            throw new UnavailableException(
                    "directory %s cannot be made: %s".formatted(directory.get(), FileCause.of(e)), e);
        }
    }
}
