// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.files.FileCause;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.PassphraseOption;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.JsonFields;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.policy.SigningRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `chancery init`.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a local office: a directory for keys, public keys and signing rules.",
            "",
            "Without --passphrase it makes a random passphrase in the file 'passphrase' of the office. That"
                    + " protects copies"
                    + " of the keys, not this machine: move the file to where only the signing process can read it,"
                    + " or choose another source."
        })
final class InitCommand implements Callable<Integer> {
    private static final String GENERATED = "file:passphrase";

    private final Terminal terminal;

    @Option(
            names = "--passphrase",
            paramLabel = "SOURCE",
            description = "Where the keys' passphrase comes from: file:PATH, fd:NUMBER, credential:NAME or prompt.")
    private String source = "";

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal);
        office.requireNew();
        if (!source.isEmpty()) {
            // Read once before anything is made, so that a wrong source is found now and not when something is signed.
            Passphrase.read(PassphraseOption.parse(source, terminal, office.home(), true))
                    .close();
        }
        make(office);
        if (json) {
            terminal.out()
                    .print(new JsonFields()
                            .put("office", office.home().toString())
                            .put("passphrase", source.isEmpty() ? GENERATED : source)
                            .toJson()
                            .pretty());
        } else {
            terminal.out().println("made an office at " + Shown.plain(office.home()));
            if (source.isEmpty()) {
                terminal.out().println("its passphrase is in " + Shown.plain(office.passphraseFile()));
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
        if (source.isEmpty()) {
            Passphrase.generateInto(office.passphraseFile(), new SecureRandom()).close();
        }
        String configuration =
                Office.configuration(source.isEmpty() ? GENERATED : source).pretty();
        var files = new OutputFiles(false);
        files.write(office.rulesFile(), new SigningRules(List.of()).toBytes());
        files.write(office.configurationFile(), Bytes.of(configuration.getBytes(StandardCharsets.UTF_8)));
        files.commit();
    }
}
