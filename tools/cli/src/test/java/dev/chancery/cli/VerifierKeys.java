// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.note.KeyName;
import dev.chancery.note.KeyType;
import dev.chancery.server.log.LogKey;
import java.nio.file.Path;
import java.security.SecureRandom;

/// Keys of witnesses that nobody runs.
final class VerifierKeys {
    private VerifierKeys() {}

    static String another(String name, Path folder) {
        Path file = folder.resolve("stranger.pem");
        LogKey.make(file, new SecureRandom());
        return LogKey.read(file, new KeyName(name), KeyType.ED25519_COSIGNATURE)
                .key()
                .toString();
    }
}
