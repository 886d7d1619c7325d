// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.remote.ServerCommand;
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
public abstract class AskingCommand extends ServerCommand {
    private final Supplier<Optional<Path>> enclave =
            pathOption("--enclave", "SOCKET", "Ask the enclave behind this request door, not the local office.");
    private final Supplier<Optional<Path>> keyring = pathOption(
            "--keyring",
            "DIR",
            "Public keys to check with what an enclave or a server signed. Default: of a server the office's, if there"
                    + " is one; else what it gives out itself.");
    private final Supplier<Boolean> noReceipt =
            flag("--no-receipt", "Write no FILE.tlog-proof beside what a server signed.");

    protected AskingCommand(Terminal terminal, String... description) {
        super(terminal, "Ask this server, not the local office", description);
    }

    protected final boolean receipts() {
        return !noReceipt.get();
    }

    /// What is signed with, made ready for so many signatures. An option goes before the environment.
    protected final Means means(int signatures) {
        if (enclave.get().isPresent() && isServerGiven()) {
            throw new UsageException("--enclave and --server exclude each other");
        }
        if (serverUrl().isPresent()) {
            return server();
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

    @Override
    protected final Optional<String> serverUrl() {
        return enclave.get().isPresent() ? Optional.empty() : super.serverUrl();
    }

    private void requireNoServerOptions() {
        if (hasServerOptions() || noReceipt.get()) {
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
    private Means server() {
        var wiring = Wiring.ofLibraries();
        boolean local = keyring.get().isPresent()
                || officeKeyring().filter(Files::exists).isPresent();
        Optional<PublicKeys> here = local ? Optional.of(here(wiring)) : Optional.empty();
        var signer = serverOptions().signer(terminal(), wiring.formats());
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
