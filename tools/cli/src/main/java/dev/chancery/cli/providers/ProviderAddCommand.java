// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.providers;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.OfficeConfiguration.TokenProvider;
import dev.chancery.cli.office.SecretOption;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.keys.handle.HandleDirectory;
import dev.chancery.keys.pkcs11.Pkcs11Keys;
import dev.chancery.policy.Label;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// `chancery provider add`.
public final class ProviderAddCommand extends Command {
    private final Supplier<String> name =
            argument("NAME", "What the office calls it: lower-case letters, digits, '-' and '.'; at most 64.");
    private final Supplier<Path> module =
            requiredPathOption("--module", "FILE", "The vendor's Cryptoki module: /usr/lib/softhsm/libsofthsm2.so.");
    private final Supplier<String> token = requiredOption("--token", "LABEL", "The label of the token.");
    private final Supplier<String> pin = requiredOption(
            "--pin", "SOURCE", "Where the PIN comes from: file:PATH, fd:NUMBER, credential:NAME or prompt.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public ProviderAddCommand(Terminal terminal) {
        super(
                terminal,
                "Adds a token (PKCS #11) as a key provider, in which authorities' keys can be made.",
                "",
                "It logs in once to see that module, label and PIN are right. The module's code runs in this process"
                        + " from then on, whenever a key of the token signs; nobody but root and you may be able to"
                        + " write it.");
        examples(
                "  chancery provider add hsm --module /usr/lib/softhsm/libsofthsm2.so --token release --pin file:pin",
                "  chancery authority add release --provider hsm");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        var place = new Pkcs11Keys.Place(module.get().toAbsolutePath().normalize(), token.get());
        var provider = new TokenProvider(new Label(name.get()), place, pin.get());
        var configuration = office.configuration().with(provider);
        var providers = office.providers();
        new SecretOption("PIN", terminal(), office.home()).parse(pin.get());
        try (var keys = providers.token(provider)) {
            keys.logIn();
        }
        for (Path directory : List.of(office.tokenDirectory(), providers.directory(provider.name()))) {
            if (!Files.exists(directory)) {
                HandleDirectory.make(directory);
            }
        }
        var files = new OutputFiles(true);
        files.write(office.configurationFile(), configuration.toBytes());
        files.commit();
        if (json.get()) {
            terminal().out().print(provider.fields().toJson().pretty());
        } else {
            terminal().out().println("provider %s: %s".formatted(provider.name(), place));
        }
        return ExitStatus.DONE;
    }
}
