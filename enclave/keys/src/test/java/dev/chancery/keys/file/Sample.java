// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the tests of this package start from.
final class Sample {
    /// In the form of a generated one, so that tests do not stretch it.
    static final String GENERATED = "chancery-passphrase-1-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final Map<KeyAlgorithm, SecretBytes> PRIVATE_KEYS = new ConcurrentHashMap<>();

    private Sample() {}

    /// One private key of each algorithm, made once for all tests: RSA takes seconds.
    static SecretBytes privateKey(KeyAlgorithm algorithm) {
        return PRIVATE_KEYS.computeIfAbsent(algorithm, a -> NewPrivateKey.make(a, SampleKeys.RANDOM));
    }

    static Passphrase passphrase(String text) {
        return Passphrase.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    static Passphrase passphrase() {
        return passphrase(GENERATED);
    }

    static FileKeys keys(Path directory) {
        return new FileKeys(new KeyDirectory(directory), passphrase(), new QuickStartLibrary());
    }
}
