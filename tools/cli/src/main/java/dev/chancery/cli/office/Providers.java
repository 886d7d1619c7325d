// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyProvider;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.keys.file.PrivateKeyLibrary;
import dev.chancery.keys.handle.HandleDirectory;
import dev.chancery.keys.handle.JoinedKeys;
import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.pkcs11.Pkcs11Keys;
import dev.chancery.keys.vault.VaultKeys;
import dev.chancery.policy.Label;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The key providers of an office: the files, and the tokens and Vaults that `office.json` names. Each opens
/// late and fails alone.
public final class Providers {
    private final Office office;
    private final PrivateKeyLibrary library;
    private final Terminal terminal;
    private final OfficeConfiguration configuration;
    private final Map<Label, KeyMaker> makers = new LinkedHashMap<>();
    /// Read once, because a descriptor cannot be read twice.
    private @Nullable Passphrase passphrase;

    Providers(Office office, PrivateKeyLibrary library, Terminal terminal) {
        this.office = office;
        this.library = library;
        this.terminal = terminal;
        this.configuration = office.configuration();
        makers.put(OfficeConfiguration.FILE, files(office.keyDirectory()));
        configuration.providers().forEach(provider -> makers.put(provider.name(), maker(provider)));
    }

    /// All signing keys, wherever they are. Of files alone what is wrong with them is the answer, not a
    /// complaint.
    KeyProvider joined() {
        if (configuration.providers().isEmpty()) {
            return maker(OfficeConfiguration.FILE);
        }
        var named = new LinkedHashMap<String, KeyMaker>();
        makers.forEach((name, maker) -> named.put(name.text(), maker));
        return new JoinedKeys(named, this::complain);
    }

    private void complain(String name, ChanceryException why) {
        terminal.err().println("chancery: key provider %s is left out: %s".formatted(name, why.sentence()));
    }

    /// Certify-only keys, in files and in tokens.
    KeyProvider primary() {
        var named = new LinkedHashMap<String, KeyMaker>();
        named.put(OfficeConfiguration.FILE.text(), files(office.primaryDirectory()));
        for (var provider : configuration.providers()) {
            if (provider instanceof ProviderEntry.OfToken token && Files.exists(primaryHandles(token.name()))) {
                named.put(token.name().text(), token(token, primaryHandles(token.name())));
            }
        }
        return named.size() == 1 ? files(office.primaryDirectory()) : new JoinedKeys(named, this::complain);
    }

    /// What makes certify-only keys: files without a name, else a token. The handles lie apart from those of
    /// keys that sign, where no enclave looks, and can go offline with the token.
    KeyMaker primary(Optional<Label> name) {
        if (name.isEmpty() || name.get().equals(OfficeConfiguration.FILE)) {
            return files(office.primaryDirectory());
        }
        maker(name.get());
        for (var provider : configuration.providers()) {
            if (provider instanceof ProviderEntry.OfToken token && token.name().equals(name.get())) {
                var handles = primaryHandles(token.name());
                for (Path directory : List.of(office.primaryDirectory(), primaryTokens(), handles)) {
                    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                        HandleDirectory.make(directory);
                    }
                }
                var keys = token(token, handles);
                keys.logIn();
                return keys;
            }
        }
        throw new HintedException(
                new RefusedException("no-provider", "key provider %s is no token".formatted(name.get())),
                "primary keys are in files or in tokens (PKCS #11)");
    }

    /// Where the primary key is: empty for files.
    Optional<Label> primaryProvider(Key key) {
        return configuration.providers().stream()
                .filter(ProviderEntry.OfToken.class::isInstance)
                .map(ProviderEntry.OfToken.class::cast)
                .filter(token -> Files.exists(primaryHandles(token.name())))
                .filter(token ->
                        token(token, primaryHandles(token.name())).keys().contains(key))
                .map(ProviderEntry.OfToken::name)
                .findFirst();
    }

    private Path primaryTokens() {
        return office.primaryDirectory().resolve("tokens");
    }

    private Path primaryHandles(Label provider) {
        return primaryTokens().resolve(provider.text());
    }

    /// Certify-only keys in files as what they are. Their directory is made where it was lost.
    FileKeys primaryFiles() {
        Path directory = office.primaryDirectory();
        var keys = Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                ? new KeyDirectory(directory)
                : KeyDirectory.make(directory);
        return new FileKeys(keys, passphrase(), library);
    }

    /// Ready to make keys: what would refuse that is found before anything else is done.
    KeyMaker ready(Optional<Label> name) {
        var maker = maker(name.orElse(OfficeConfiguration.FILE));
        switch (maker) {
            case Pkcs11Keys token -> token.logIn();
            case VaultKeys vault -> vault.logIn();
            // As the first creation would, but before a rule is written.
            default -> maker.keys().stream().findFirst().ifPresent(key -> maker.open(key.id()));
        }
        return maker;
    }

    private KeyMaker maker(Label name) {
        var maker = makers.get(name);
        if (maker == null) {
            throw new HintedException(
                    new RefusedException("no-provider", "there is no key provider " + name),
                    "'chancery provider list' shows the providers there are, 'chancery provider add' adds one");
        }
        return maker;
    }

    /// The name of the provider that has the key.
    public Label nameOf(Key key) {
        for (var maker : makers.entrySet()) {
            if (maker.getValue().keys().contains(key)) {
                return maker.getKey();
            }
        }
        throw new UnavailableException("no key provider has key " + key.id());
    }

    KeyMaker of(Key key) {
        return maker(nameOf(key));
    }

    private KeyMaker maker(ProviderEntry entry) {
        return switch (entry) {
            case ProviderEntry.OfToken token -> token(token);
            case ProviderEntry.OfVault vault -> vault(vault);
        };
    }

    /// A Vault, whether or not the configuration names it.
    public VaultKeys vault(ProviderEntry.OfVault provider) {
        var login = new LoginOption(terminal, office.home());
        return new VaultKeys(
                directory(provider.name()),
                provider.place(),
                () -> login.parse(provider.login(), provider.loginMount()),
                terminal.clock());
    }

    /// The provider of a token, whether or not the configuration names it.
    public Pkcs11Keys token(ProviderEntry.OfToken provider) {
        return token(provider, directory(provider.name()));
    }

    private Pkcs11Keys token(ProviderEntry.OfToken provider, Path handles) {
        var pin = new SecretOption("PIN", terminal, office.home());
        return new Pkcs11Keys(handles, provider.place(), () -> pin.parse(provider.pin()));
    }

    /// Where the handles of the keys in a token or a Vault lie.
    public Path directory(Label provider) {
        return office.tokenDirectory().resolve(provider.text());
    }

    private KeyMaker files(Path directory) {
        return new LateFileKeys(new KeyDirectory(directory), place -> new FileKeys(place, passphrase(), library));
    }

    private synchronized Passphrase passphrase() {
        if (passphrase == null) {
            var option = new SecretOption("passphrase", terminal, office.home());
            passphrase = Passphrase.read(option.parse(configuration.passphrase()));
        }
        return passphrase;
    }
}
