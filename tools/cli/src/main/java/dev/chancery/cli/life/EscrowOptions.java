// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.SecretOption;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.keys.handle.SecretBytes;
import dev.chancery.keys.handle.SecretLine;
import dev.chancery.keys.handle.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;

/// Where sealed revocations lie and what opens them, as `--escrow` and `--escrow-passphrase` say it.
public record EscrowOptions(Supplier<Optional<Path>> directory, Supplier<Optional<String>> source) {
    /// With `making` a passphrase is made where the office has none and none is named.
    public Escrow escrow(Office office, Terminal terminal, boolean making) {
        return new Escrow(
                directory.get().orElseGet(office::escrowDirectory), once(() -> read(office, terminal, making)));
    }

    /// A descriptor is read once; whoever closes what he got closes a copy.
    private static Supplier<SecretBytes> once(Supplier<SecretBytes> reading) {
        var held = new SecretBytes[1];
        return () -> {
            if (held[0] == null) {
                held[0] = reading.get();
            }
            return SecretBytes.owning(held[0].exposed().clone());
        };
    }

    private SecretBytes read(Office office, Terminal terminal, boolean making) {
        var kind = new SecretLine.Kind("passphrase", "the escrowed revocations", Passphrase.BYTES_MAX);
        if (source.get().isPresent()) {
            var option = new SecretOption("passphrase", terminal, office.home());
            return SecretLine.read(option.parse(source.get().get(), making), kind);
        }
        Path file = office.escrowPassphraseFile();
        if (!Files.exists(file)) {
            if (!making) {
                throw new HintedException(
                        new UnavailableException("the passphrase of the escrow is not at %s".formatted(file)),
                        "--escrow-passphrase says where it is: file:PATH, fd:NUMBER, credential:NAME or prompt");
            }
            Passphrase.generateInto(file, new SecureRandom()).close();
        }
        return SecretLine.read(new SecretSource.OfFile(file), kind);
    }
}
