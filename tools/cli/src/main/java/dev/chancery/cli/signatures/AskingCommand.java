// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.signing.DirectoryKeys;
import dev.chancery.cli.signing.EnclaveSigner;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.signing.OfficeKeys;
import dev.chancery.cli.signing.PublicKeys;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.KeyringDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// A command that has something signed: by the local office, or by whom its options name.
abstract class AskingCommand extends Command {
    private final Supplier<Optional<Path>> enclave =
            pathOption("--enclave", "SOCKET", "Ask the enclave behind this request door, not the local office.");
    private final Supplier<Optional<Path>> keyring = pathOption(
            "--keyring",
            "DIR",
            "Public keys to check with what an enclave signed. Default: the keys that it lists itself.");

    AskingCommand(Terminal terminal, String... description) {
        super(terminal, description);
    }

    /// What is signed with, made ready for so many signatures.
    final Means means(int signatures) {
        if (enclave.get().isPresent()) {
            return enclave(enclave.get().get());
        }
        if (keyring.get().isPresent()) {
            throw new UsageException("--keyring is for --enclave; the local office checks with its own keyring");
        }
        return Means.of(Office.of(terminal(), signatures));
    }

    private Means enclave(Path socket) {
        var wiring = Wiring.ofLibraries();
        PublicKeys keys = keyring.get().isPresent() ? asked(wiring) : key -> {};
        var signer = EnclaveSigner.connect(socket, wiring.formats(), terminal().clock());
        return new Means(wiring.formats(), wiring.hashes(), signer, keys);
    }

    private PublicKeys asked(Wiring wiring) {
        VerificationOptions.keyring(terminal(), keyring.get(), wiring);
        return new DirectoryKeys(keyring.get().orElseThrow(), wiring.formats());
    }

    /// The keyring of this machine: the one that was named, else the office's.
    final KeyringDirectory localKeyring(Means means) {
        return means.publicKeys() instanceof OfficeKeys(Office office)
                ? office.keyring()
                : new KeyringDirectory(
                        keyring.get().orElseGet(() -> Office.of(terminal()).keyringDirectory()), means.formats());
    }
}
