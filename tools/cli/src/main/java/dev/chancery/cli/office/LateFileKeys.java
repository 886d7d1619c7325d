// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.SigningKey;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.NewKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keys in files whose passphrase is asked for when the first of them is opened: what needs none of them,
/// such as a signature by a key in a token, needs no passphrase.
final class LateFileKeys implements KeyMaker {
    private final KeyDirectory directory;
    private final Function<KeyDirectory, FileKeys> opening;
    /// Once opened; under this object's lock.
    private @Nullable FileKeys open;

    LateFileKeys(KeyDirectory directory, Function<KeyDirectory, FileKeys> opening) {
        this.directory = directory;
        this.opening = opening;
    }

    private synchronized FileKeys open() {
        if (open == null) {
            open = opening.apply(directory);
        }
        return open;
    }

    @Override
    public List<Key> keys() {
        return directory.keys();
    }

    @Override
    public SigningKey open(KeyId id) {
        return open().open(id);
    }

    /// Opens a key that is there before it makes one: a second passphrase in one directory would make keys
    /// that never open together.
    @Override
    public SigningKey create(NewKey wanted, SecureRandom random) {
        keys().stream().findFirst().ifPresent(key -> open(key.id()));
        return open().create(wanted, random);
    }

    @Override
    public SigningKey certify(SigningKey key, CertificateChain certificates, SecureRandom random) {
        return open().certify(key, certificates, random);
    }

    @Override
    public Optional<CertificateChain> certificates(Key key) {
        return directory.certificates(key);
    }
}
