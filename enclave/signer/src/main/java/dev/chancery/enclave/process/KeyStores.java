// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All keys of the configuration's stores as one provider. Passphrases are needed until every key is open.
final class KeyStores implements KeyProvider, AutoCloseable {
    private final List<Passphrase> passphrases;
    private final List<Key> keys = new ArrayList<>();
    private final Map<KeyId, KeyProvider> homes = new HashMap<>();
    /// Whether the start is over. Written by the main thread before the doors are opened.
    private volatile boolean closed;

    private KeyStores(List<Passphrase> passphrases) {
        this.passphrases = passphrases;
    }

    static KeyStores open(
            List<EnclaveConfiguration.FileStore> plans, PrivateKeyLibrary library, Optional<Path> credentials) {
        var stores = new KeyStores(new ArrayList<>());
        boolean kept = false;
        try {
            for (var plan : plans) {
                var passphrase = Passphrase.read(source(plan.passphrase(), credentials));
                stores.passphrases.add(passphrase);
                stores.add(new FileKeys(new KeyDirectory(plan.directory()), passphrase, library));
            }
            kept = true;
            return stores;
        } finally {
            if (!kept) {
                stores.close();
            }
        }
    }

    private void add(KeyProvider provider) {
        for (Key key : provider.keys()) {
            if (homes.putIfAbsent(key.id(), provider) != null) {
                throw new MalformedException("key %s is in two key directories".formatted(key.id()));
            }
            keys.add(key);
        }
    }

    private static SecretSource source(String text, Optional<Path> credentials) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        return switch (colon < 0 ? text : text.substring(0, colon)) {
            case "file" -> new SecretSource.OfFile(Path.of(rest));
            case "credential" ->
                new SecretSource.OfCredential(
                        credentials.orElseThrow(() -> new UnavailableException(
                                "CREDENTIALS_DIRECTORY does not say where systemd's credentials are")),
                        rest);
            default -> throw MalformedException.value("passphrase source", text, "is not file:PATH or credential:NAME");
        };
    }

    @Override
    public List<Key> keys() {
        return List.copyOf(keys);
    }

    @Override
    public SigningKey open(KeyId id) {
        if (closed) {
            throw new UnavailableException("key %s could not be opened when the enclave started".formatted(id));
        }
        var home = homes.get(id);
        if (home == null) {
            throw new UnavailableException("no key directory has key %s".formatted(id));
        }
        return home.open(id);
    }

    @Override
    public void close() {
        closed = true;
        passphrases.forEach(Passphrase::close);
    }
}
