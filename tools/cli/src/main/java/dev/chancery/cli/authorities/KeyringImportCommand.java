// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.authorities;

import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.format.FormatDescription;
import dev.chancery.json.JsonFields;
import dev.chancery.key.CertificateChain;
import dev.chancery.timestamp.TimestampServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery keyring import`.
public final class KeyringImportCommand extends Command {
    private final Supplier<Path> file = pathArgument("FILE", "The public key, as its owner's tool writes it.");
    private final Supplier<List<String>> as =
            options("--as", "AUTHORITY", "The name under which its signatures count.");
    private final Supplier<Boolean> asTimestampService = flag(
            "--as-timestamp-service",
            "The file has certificates of timestamp services, or of certificate authorities above them, in PEM:"
                    + " what they say of the time of a signature is believed.");
    private final Supplier<Optional<String>> format = option(
            "--format",
            "FORMAT",
            new Candidates.FormatNames(),
            "One of ${COMPLETION-CANDIDATES}. Default: the only one that reads the file.");
    private final Supplier<Optional<Path>> directory =
            pathOption("--keyring", "DIR", "The keyring to put it into. Default: the office's own.");
    private final Supplier<Boolean> force = flag("--force", "Replace the key that the authority has there.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyringImportCommand(Terminal terminal) {
        super(
                terminal,
                "Puts somebody else's public key into a keyring, so that signatures made elsewhere count.",
                "",
                "Reads what gpg --export, openssl pkey -pubout, cosign public-key, minisign -G, signify -G and"
                        + " ssh-keygen write, and certificates for cms: the signer's own first, his key counts and"
                        + " not his issuer's. Make sure that the key is whose you think it is:"
                        + " whoever stands in the keyring is believed.");
        examples(
                "  chancery keyring import partner.asc --as partner",
                "  chancery keyring import cosign.pub --as builder --format sigstore",
                "  chancery keyring import tsa.pem --as-timestamp-service");
    }

    @Override
    public Integer call() {
        if (asTimestampService.get()) {
            return importTimestampServices();
        }
        if (as.get().isEmpty()) {
            throw new UsageException("--as AUTHORITY is missing");
        }
        if (as.get().size() > 1) {
            throw new UsageException("one key is one authority's; give one --as");
        }
        var authority = new Authority(as.get().getFirst());
        var content = InputFiles.read("public key file", file.get(), KeyringDirectory.FILE_BYTES_MAX);
        var name = format.get().map(FormatName::new).orElseGet(() -> onlyFormat(authority, content));
        var keyring = keyring(authority, name);
        keyring.readWith(authority, name, content);
        var said = new JsonFields().put("authority", authority.name()).put("format", name.text());
        return put(keyring.file(authority, name), content, said);
    }

    /// There is one file for all services: they are nobody's, and each proves what it proves.
    private int importTimestampServices() {
        if (!as.get().isEmpty() || format.get().isPresent()) {
            throw new UsageException("a timestamp service is no authority: --as-timestamp-service stands without"
                    + " --as and --format");
        }
        var content = InputFiles.read("certificate file", file.get(), KeyringDirectory.FILE_BYTES_MAX);
        TimestampServices.of(CertificateChain.parse(content), new SignatureChecks());
        var keyring = directory.get().map(KeyringImportCommand::keyring).orElseGet(() -> {
            var office = Office.of(terminal());
            office.requireMade();
            return office.keyring();
        });
        return put(keyring.timestampServicesFile(), content, new JsonFields());
    }

    private int put(Path place, Bytes content, JsonFields said) {
        var files = new OutputFiles(force.get(), "--force replaces it");
        files.write(place, content);
        files.commit();
        if (json.get()) {
            terminal().out().print(said.put("file", place.toString()).toJson().pretty());
        } else {
            terminal().out().println(Shown.plain(place));
        }
        return ExitStatus.DONE;
    }

    private static KeyringDirectory keyring(Path directory) {
        return new KeyringDirectory(directory, Wiring.ofLibraries().formats());
    }

    /// The office's own keys come from `authority add`: who replaced one would make its signatures worthless.
    private KeyringDirectory keyring(Authority authority, FormatName name) {
        if (directory.get().isPresent()) {
            return keyring(directory.get().get());
        }
        var office = Office.of(terminal());
        if (office.signingFormats(authority).contains(name)) {
            throw new RefusedException("own-key", "authority %s signs %s here".formatted(authority, name));
        }
        return office.keyring();
    }

    /// Certificates are for files unless somebody says that they are for images.
    private static FormatName onlyFormat(Authority authority, Bytes content) {
        var reading = Wiring.ofLibraries().formats().list().stream()
                .filter(candidate -> candidate.description().signs() != FormatDescription.Signs.MANIFEST)
                .filter(candidate -> reads(() -> candidate.verifying().keyring(Map.of(authority, content))))
                .map(candidate -> candidate.description().name())
                .toList();
        if (reading.size() == 1) {
            return reading.getFirst();
        }
        var names = reading.stream().map(FormatName::text).toList();
        throw new HintedException(
                new MalformedException(
                        names.isEmpty()
                                ? "public key file is of no format that is known here"
                                : "public key file may be for " + String.join(" or ", names)),
                names.isEmpty() ? "--format FORMAT tells what is wrong with it" : "say which with --format");
    }

    private static boolean reads(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }
}
