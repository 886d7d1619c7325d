// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.keys.handle.HandleDirectory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// A directory of key files, and all that can be known of the keys without the passphrase.
public final class KeyDirectory {
    private final HandleDirectory<KeyFile> files;

    public KeyDirectory(Path directory) {
        this.files = new HandleDirectory<>(directory, KeyFile::parse);
    }

    /// Makes the directory itself, mode 0700; its parent has to be there.
    public static KeyDirectory make(Path directory) {
        HandleDirectory.make(directory);
        return new KeyDirectory(directory);
    }

    /// As [HandleDirectory#keys].
    public List<Key> keys() {
        return files.keys();
    }

    /// The one file of this key. Throws `UnavailableException` when there is none.
    KeyFile read(KeyId id) {
        return files.read(id);
    }

    /// Throws `RefusedException` (rule `file-exists`) when the key is there already, whatever it is bound to.
    void write(KeyFile file, SecureRandom random) {
        files.write(file, random);
    }

    /// The certificates that lie beside the key's file; needs no passphrase.
    public Optional<CertificateChain> certificates(Key key) {
        return files.certificates(key);
    }

    void write(Key key, CertificateChain certificates, SecureRandom random) {
        files.write(key, certificates, random);
    }
}
