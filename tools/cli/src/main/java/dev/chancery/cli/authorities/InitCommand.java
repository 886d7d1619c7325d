// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.authorities;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.OfficeConfiguration;
import dev.chancery.cli.office.SecretOption;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.json.JsonFields;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.policy.SigningRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery init`.
public final class InitCommand extends Command {
    private static final String GENERATED = "file:passphrase";

    private final Supplier<Optional<String>> passphrase = option(
            "--passphrase",
            "SOURCE",
            "Where the keys' passphrase comes from: file:PATH, fd:NUMBER, credential:NAME or prompt.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public InitCommand(Terminal terminal) {
        super(
                terminal,
                "Makes a local office: a directory for keys, public keys and signing rules.",
                "",
                "Without --passphrase it makes a random passphrase in the file 'passphrase' of the office. That"
                        + " protects copies of the keys, not this machine: move the file to where only the signing"
                        + " process can read it, or choose another source.");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        office.requireNew();
        if (passphrase.get().isPresent()) {
            // Read once before anything is made, so that a wrong source is found now and not when something is signed.
            Passphrase.read(new SecretOption("passphrase", terminal(), office.home())
                            .parse(passphrase.get().get(), true))
                    .close();
        }
        make(office);
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("office", office.home().toString())
                            .put("passphrase", passphrase.get().orElse(GENERATED))
                            .toJson()
                            .pretty());
        } else {
            terminal().out().println("made an office at " + Shown.plain(office.home()));
            if (passphrase.get().isEmpty()) {
                terminal().out().println("its passphrase is in " + Shown.plain(office.passphraseFile()));
            }
        }
        return ExitStatus.DONE;
    }

    /// `office.json` comes last: it is what makes the directory an office.
    private void make(Office office) {
        try {
            Files.createDirectories(office.home().getParent());
            Files.createDirectory(
                    office.home(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectory(office.keyringDirectory());
        } catch (IOException e) {
            throw new UnavailableException("office %s cannot be made: %s".formatted(office.home(), FileCause.of(e)), e);
        }
        KeyDirectory.make(office.keyDirectory());
        KeyDirectory.make(office.primaryDirectory());
        if (passphrase.get().isEmpty()) {
            Passphrase.generateInto(office.passphraseFile(), new SecureRandom()).close();
        }
        var configuration = new OfficeConfiguration(passphrase.get().orElse(GENERATED), List.of());
        var files = new OutputFiles(false);
        files.write(office.rulesFile(), new SigningRules(List.of()).toBytes());
        files.write(office.configurationFile(), configuration.toBytes());
        files.commit();
    }
}
