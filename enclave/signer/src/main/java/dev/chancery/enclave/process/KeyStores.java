// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.SigningKey;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.keys.file.PrivateKeyLibrary;
import dev.chancery.keys.handle.SecretSource;
import dev.chancery.keys.pkcs11.Pkcs11Keys;
import dev.chancery.keys.vault.VaultKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All keys of the configuration's stores as one provider. Keys in files are opened while the process starts
/// and never again; those in a token or in Vault whenever it is asked
/// for them.
final class KeyStores implements KeyProvider, AutoCloseable {
    private final PrivateKeyLibrary library;
    private final Optional<Path> credentials;
    private final List<Passphrase> passphrases = new ArrayList<>();
    /// How each token, and Vault, is left.
    private final List<Runnable> remote = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final Map<KeyId, KeyProvider> homes = new HashMap<>();
    /// Whether the passphrases are gone. Written by the main thread before the doors are opened.
    private volatile boolean started;

    private KeyStores(PrivateKeyLibrary library, Optional<Path> credentials) {
        this.library = library;
        this.credentials = credentials;
    }

    static KeyStores open(List<KeyStorePlan> plans, PrivateKeyLibrary library, Optional<Path> credentials) {
        var stores = new KeyStores(library, credentials);
        boolean kept = false;
        try {
            plans.forEach(stores::add);
            kept = true;
            return stores;
        } finally {
            if (!kept) {
                stores.close();
            }
        }
    }

    private void add(KeyStorePlan plan) {
        var provider = switch (plan) {
            case KeyStorePlan.Files files -> fileKeys(files);
            case KeyStorePlan.Token token -> token(token);
            case KeyStorePlan.Vault vault -> vault(vault);
        };
        for (Key key : provider.keys()) {
            if (homes.putIfAbsent(key.id(), provider) != null) {
                throw new MalformedException("key %s is in two key directories".formatted(key.id()));
            }
            keys.add(key);
        }
    }

    private KeyProvider fileKeys(KeyStorePlan.Files plan) {
        var passphrase = Passphrase.read(source(plan.secret()));
        passphrases.add(passphrase);
        return new FileKeys(new KeyDirectory(plan.directory()), passphrase, library);
    }

    private KeyProvider token(KeyStorePlan.Token plan) {
        var source = source(plan.secret());
        var token = new Pkcs11Keys(plan.directory(), plan.place(), () -> source);
        remote.add(token::close);
        return token;
    }

    /// Logs in once, so that after the seal nothing is opened for the first time. Where that fails, so will
    /// the keys, which says it of each.
    private KeyProvider vault(KeyStorePlan.Vault plan) {
        var login = plan.login().with(this::source);
        var vault = new VaultKeys(plan.directory(), plan.place(), () -> login, InstantSource.system());
        remote.add(vault::close);
        try {
            vault.logIn();
        } catch (ChanceryException away) {
            // It may come back.
        }
        return vault;
    }

    private SecretSource source(KeyStorePlan.Secret secret) {
        String text = secret.text();
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        return switch (colon < 0 ? text : text.substring(0, colon)) {
            case "file" -> new SecretSource.OfFile(Path.of(rest));
            case "credential" ->
                new SecretSource.OfCredential(
                        credentials.orElseThrow(() -> new UnavailableException(
                                "CREDENTIALS_DIRECTORY does not say where systemd's credentials are")),
                        rest);
            default -> throw MalformedException.value("source", text, "is not file:PATH or credential:NAME");
        };
    }

    @Override
    public List<Key> keys() {
        return List.copyOf(keys);
    }

    @Override
    public SigningKey open(KeyId id) {
        var home = homes.get(id);
        if (home == null) {
            throw new UnavailableException("no key directory has key %s".formatted(id));
        }
        if (started && home instanceof FileKeys) {
            throw new UnavailableException("key %s could not be opened when the enclave started".formatted(id));
        }
        return home.open(id);
    }

    /// Overwrites the passphrases: every key of a file is open, or will not be.
    void startIsOver() {
        started = true;
        passphrases.forEach(Passphrase::close);
    }

    /// Logs out of tokens and Vault, too.
    @Override
    public void close() {
        startIsOver();
        remote.forEach(Runnable::run);
    }
}
