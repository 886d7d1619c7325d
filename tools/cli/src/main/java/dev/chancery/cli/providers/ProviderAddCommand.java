// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.providers;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.LoginOption;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.OfficeConfiguration;
import dev.chancery.cli.office.ProviderEntry;
import dev.chancery.cli.office.SecretOption;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.keys.handle.HandleDirectory;
import dev.chancery.keys.pkcs11.Pkcs11Keys;
import dev.chancery.keys.vault.VaultAddress;
import dev.chancery.keys.vault.VaultKeys;
import dev.chancery.policy.Label;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery provider add`.
public final class ProviderAddCommand extends Command {
    private static final String SOURCES = "file:PATH, fd:NUMBER, credential:NAME or prompt";

    private final Supplier<String> name =
            argument("NAME", "What the office calls it: lower-case letters, digits, '-' and '.'; at most 64.");
    private final Supplier<Optional<Path>> module = pathOption(
            "--module", "FILE", "Of a token: the vendor's Cryptoki module: /usr/lib/softhsm/libsofthsm2.so.");
    private final Supplier<Optional<String>> token = option("--token", "LABEL", "Of a token: its label.");
    private final Supplier<Optional<String>> pin =
            option("--pin", "SOURCE", "Of a token: where the PIN comes from: " + SOURCES + ".");
    private final Supplier<Optional<String>> vault = option(
            "--vault",
            "ADDRESS",
            "Of a Vault, or an agent of it: unix:/run/vault/agent.sock, https://HOST:PORT, or http://127.0.0.1:PORT.");
    private final Supplier<Optional<String>> mount =
            option("--mount", "PATH", "Of a Vault: where its Transit is. Default: transit.");
    private final Supplier<Optional<String>> namespace =
            option("--namespace", "NAME", "Of a Vault: the namespace. Default: none.");
    private final Supplier<Optional<Path>> anchors = pathOption(
            "--ca", "FILE", "Of a Vault at https: the certificates to trust, in PEM. Default: those of the JDK.");
    private final Supplier<Optional<String>> login = option(
            "--login",
            "HOW",
            "Of a Vault: token:SOURCE, approle:ROLE-ID:SOURCE with the source of the secret ID, or agent for one that"
                    + " adds its own token. SOURCE is " + SOURCES + ".");
    private final Supplier<Optional<String>> loginMount =
            option("--login-mount", "PATH", "Of a Vault: where its AppRole is. Default: approle.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public ProviderAddCommand(Terminal terminal) {
        super(
                terminal,
                "Adds a token (PKCS #11) or a Transit of HashiCorp Vault or OpenBao as a key provider, in which"
                        + " authorities' keys can be made.",
                "",
                "It logs in once to see that everything is right. A token's module runs in this process from then on,"
                        + " whenever a key of the token signs; nobody but root and you may be able to write it.");
        examples(
                "  chancery provider add hsm --module /usr/lib/softhsm/libsofthsm2.so --token release --pin file:pin",
                "  chancery provider add vault --vault https://vault.example.org:8200 --login token:file:vault-token",
                "  chancery authority add release --provider hsm");
    }

    @Override
    public Integer call() {
        boolean isVault = isVault();
        var office = Office.of(terminal());
        if (isVault) {
            addVault(office);
        } else {
            addToken(office);
        }
        return ExitStatus.DONE;
    }

    /// Whether it is a Vault and no token, with all that belongs to the one and nothing of the other.
    private boolean isVault() {
        var ofToken = given(Map.of("--module", module.get(), "--token", token.get(), "--pin", pin.get()));
        var ofVault = given(Map.of("--vault", vault.get(), "--login", login.get()));
        ofVault.addAll(given(Map.of(
                "--mount", mount.get(),
                "--namespace", namespace.get(),
                "--ca", anchors.get(),
                "--login-mount", loginMount.get())));
        if (!ofToken.isEmpty() && !ofVault.isEmpty()) {
            throw new UsageException(
                    "%s is of a token, and %s of a Vault".formatted(ofToken.getFirst(), ofVault.getFirst()));
        }
        boolean complete =
                ofToken.size() == 3 || (vault.get().isPresent() && login.get().isPresent());
        if (!complete) {
            throw new UsageException("a token takes --module, --token and --pin, a Vault --vault and --login");
        }
        return ofToken.isEmpty();
    }

    /// In alphabetical order.
    private static List<String> given(Map<String, Optional<?>> options) {
        return new ArrayList<>(options.entrySet().stream()
                .filter(option -> option.getValue().isPresent())
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
    }

    private void addToken(Office office) {
        var place = new Pkcs11Keys.Place(
                module.get().orElseThrow().toAbsolutePath().normalize(),
                token.get().orElseThrow());
        String source = pin.get().orElseThrow();
        var entry = new ProviderEntry.OfToken(new Label(name.get()), place, source);
        var configuration = office.configuration().with(entry);
        new SecretOption("PIN", terminal(), office.home()).parse(source);
        try (var keys = office.providers().token(entry)) {
            keys.logIn();
        }
        commit(office, entry, configuration);
    }

    private void addVault(Office office) {
        var place = new VaultKeys.Place(
                VaultAddress.parse(vault.get().orElseThrow()),
                mount.get().orElse("transit"),
                namespace.get(),
                anchors.get().map(file -> file.toAbsolutePath().normalize()));
        var entry = new ProviderEntry.OfVault(
                new Label(name.get()), place, login.get().orElseThrow(), loginMount.get());
        var configuration = office.configuration().with(entry);
        new LoginOption(terminal(), office.home()).parse(entry.login(), entry.loginMount());
        try (var keys = office.providers().vault(entry)) {
            keys.logIn();
        }
        commit(office, entry, configuration);
    }

    private void commit(Office office, ProviderEntry entry, OfficeConfiguration configuration) {
        for (Path directory :
                List.of(office.tokenDirectory(), office.providers().directory(entry.name()))) {
            if (!Files.exists(directory)) {
                HandleDirectory.make(directory);
            }
        }
        var files = new OutputFiles(true);
        files.write(office.configurationFile(), configuration.toBytes());
        files.commit();
        if (json.get()) {
            terminal().out().print(entry.fields().toJson().pretty());
        } else {
            terminal().out().println("provider %s: %s".formatted(entry.name(), entry));
        }
    }
}
