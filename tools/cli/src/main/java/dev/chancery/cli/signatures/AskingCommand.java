// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.remote.ServerOptions;
import dev.chancery.cli.signing.DirectoryKeys;
import dev.chancery.cli.signing.EnclaveSigner;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.signing.OfficeKeys;
import dev.chancery.cli.signing.PublicKeys;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.KeyringDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A command that has something signed: by the local office, or by whom its options or the environment name.
@SuppressWarnings("this-escape") // options are added to the command that is being made, and do not look into it
public abstract class AskingCommand extends Command {
    private static final String SERVER = "CHANCERY_SERVER";

    private final Supplier<Optional<Path>> enclave =
            pathOption("--enclave", "SOCKET", "Ask the enclave behind this request door, not the local office.");
    private final Supplier<Optional<String>> server =
            option("--server", "URL", "Ask this server, not the local office; or CHANCERY_SERVER.");
    private final Supplier<Optional<Path>> serverCertificate =
            pathOption("--server-certificate", "FILE", ServerOptions.CERTIFICATE_HELP);
    private final Supplier<Optional<Path>> tokenFile = pathOption(
            "--token-file",
            "FILE",
            "The token that tells the server who asks; or CHANCERY_TOKEN_FILE, or the token itself in CHANCERY_TOKEN.");
    private final Supplier<Optional<Path>> clientCertificate =
            pathOption("--client-certificate", "FILE", "The certificate that tells the server who asks, in PEM.");
    private final Supplier<Optional<Path>> clientKey =
            pathOption("--client-key", "FILE", "Its key, in PEM (PKCS #8) without a passphrase.");
    private final Supplier<Optional<Path>> keyring = pathOption(
            "--keyring",
            "DIR",
            "Public keys to check with what an enclave or a server signed. Default: of a server the office's, if there"
                    + " is one; else what it gives out itself.");
    private final Supplier<Boolean> noReceipt =
            flag("--no-receipt", "Write no FILE.tlog-proof beside what a server signed.");

    protected AskingCommand(Terminal terminal, String... description) {
        super(terminal, description);
    }

    protected final Optional<Path> serverCertificate() {
        return serverCertificate.get();
    }

    protected final boolean receipts() {
        return !noReceipt.get();
    }

    /// What is signed with, made ready for so many signatures. An option goes before the environment.
    protected final Means means(int signatures) {
        if (enclave.get().isPresent() && server.get().isPresent()) {
            throw new UsageException("--enclave and --server exclude each other");
        }
        Optional<String> url = serverUrl();
        if (url.isPresent()) {
            return server(url.get());
        }
        requireNoServerOptions();
        if (enclave.get().isPresent()) {
            return enclave(enclave.get().get());
        }
        if (keyring.get().isPresent()) {
            throw new UsageException(
                    "--keyring is for --enclave and --server; the local office checks with its own keyring");
        }
        return Means.of(Office.of(terminal(), signatures));
    }

    /// The server that is asked; empty where none is.
    protected final Optional<String> serverUrl() {
        return enclave.get().isPresent()
                ? Optional.empty()
                : server.get()
                        .or(() -> Optional.ofNullable(terminal().environment().get(SERVER)))
                        .filter(text -> !text.isEmpty());
    }

    private void requireNoServerOptions() {
        boolean given = serverCertificate.get().isPresent()
                || tokenFile.get().isPresent()
                || clientCertificate.get().isPresent()
                || clientKey.get().isPresent()
                || noReceipt.get();
        if (given) {
            throw new UsageException("--server-certificate, --token-file, --client-certificate, --client-key and"
                    + " --no-receipt are for --server");
        }
    }

    private Means enclave(Path socket) {
        var wiring = Wiring.ofLibraries();
        PublicKeys keys = keyring.get().isPresent() ? here(wiring) : listed -> {};
        var signer = EnclaveSigner.connect(socket, wiring.formats(), terminal().clock());
        return new Means(wiring.formats(), wiring.hashes(), signer, keys);
    }

    /// Classes that know HTTP are met only here.
    private Means server(String url) {
        var wiring = Wiring.ofLibraries();
        var options = new ServerOptions(
                url, serverCertificate.get(), tokenFile.get(), clientCertificate.get(), clientKey.get());
        boolean local = keyring.get().isPresent()
                || officeKeyring().filter(Files::exists).isPresent();
        Optional<PublicKeys> here = local ? Optional.of(here(wiring)) : Optional.empty();
        var signer = options.signer(terminal(), wiring.formats());
        return new Means(wiring.formats(), wiring.hashes(), signer, here.orElseGet(signer::publicKeys));
    }

    private PublicKeys here(Wiring wiring) {
        VerificationOptions.keyring(terminal(), keyring.get(), wiring);
        return new DirectoryKeys(keyringHere(), wiring.formats());
    }

    private Path keyringHere() {
        return keyring.get().orElseGet(() -> Office.of(terminal()).keyringDirectory());
    }

    /// Of this machine's office, which need not be there; a machine of a CI may have no home at all.
    private Optional<Path> officeKeyring() {
        boolean named = Stream.of("CHANCERY_HOME", "HOME")
                .anyMatch(
                        name -> !terminal().environment().getOrDefault(name, "").isEmpty());
        return named ? Optional.of(Office.of(terminal()).keyringDirectory()) : Optional.empty();
    }

    /// Where timestamp services are that are trusted: the keyring that was named, else the office's.
    protected final KeyringDirectory localKeyring(Means means) {
        return means.publicKeys() instanceof OfficeKeys(Office office)
                ? office.keyring()
                : new KeyringDirectory(keyringHere(), means.formats());
    }
}
