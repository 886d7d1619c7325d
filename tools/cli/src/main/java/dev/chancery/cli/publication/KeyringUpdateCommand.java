// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publication;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.remote.TrustedCertificates;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.InputFiles;
import dev.chancery.files.SignatureFiles;
import dev.chancery.json.JsonFields;
import dev.chancery.trust.KeyringDocument;
import dev.chancery.trust.TrustedKeyring;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery keyring update`.
public final class KeyringUpdateCommand extends Command {
    private final Supplier<String> source = argument(
            "SOURCE",
            "The document that 'chancery keyring compose' wrote: a file, or an https URL; its signatures beside it.");
    private final Supplier<Path> directory =
            requiredPathOption("--keyring", "DIR", "The keyring of this host; made when it is not there.");
    private final Supplier<Optional<String>> pin =
            option("--pin", "SHA256", "What the document's SHA-256 has to be. Needed for the first one.");
    private final Supplier<Optional<Path>> trust = pathOption(
            "--server-certificate",
            "FILE",
            "Certificates in PEM that are believed instead of those of the Java runtime.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyringUpdateCommand(Terminal terminal) {
        super(
                terminal,
                "Brings the keyring of a host that verifies up to date: by a signed document, and by nothing else.",
                "",
                "A newer document is taken if the quorum of the one that is there signed it, by the"
                        + " keys that are there,"
                        + " and its own quorum did. An older one, or another one of the same serial"
                        + " number, never is. When"
                        + " the document's end has come, 'chancery verify' refuses the keyring until"
                        + " there is a newer one.",
                "",
                "A host without a network takes the files from wherever they were carried to.");
        examples(
                "  chancery keyring update https://keys.example.org/keyring.json --keyring"
                        + " /etc/chancery/keyring --pin 5fd2…",
                "  chancery keyring update /media/stick/keyring.json --keyring /etc/chancery/keyring");
    }

    @Override
    public Integer call() {
        var hashes = Wiring.ofLibraries().hashes();
        var keyring = new TrustedKeyring(directory.get(), hashes);
        boolean remote = source.get().startsWith("https://") || source.get().startsWith("http://");
        var candidate = remote
                ? new KeyringSite(source.get(), TrustedCertificates.context(trust.get()))
                        .fetch(keyring::signers, new SignatureFiles(dev.chancery.formats.Formats.all(hashes)))
                : local(keyring, Path.of(source.get()), new SignatureFiles(dev.chancery.formats.Formats.all(hashes)));
        boolean taken = keyring.update(candidate, pin.get(), terminal().clock().instant());
        show(taken, KeyringDocument.parse(candidate.document()));
        return ExitStatus.DONE;
    }

    private static TrustedKeyring.Candidate local(TrustedKeyring keyring, Path file, SignatureFiles signatures) {
        var document = InputFiles.read("keyring document", file, KeyringDocument.BYTES_MAX);
        return new TrustedKeyring.Candidate(
                document, signatures.beside(file, new HashSet<>(keyring.signers(document))));
    }

    private void show(boolean taken, KeyringDocument document) {
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("updated", taken)
                            .put("serial", document.serial())
                            .put("expires", document.expires().toString())
                            .put("keyring", directory.get().toString())
                            .toJson()
                            .pretty());
            return;
        }
        terminal()
                .out()
                .println("%s %s serial number %d, which ends at %s"
                        .formatted(
                                Shown.plain(directory.get()),
                                taken ? "has now" : "has already",
                                document.serial(),
                                document.expires()));
    }
}
