// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.formats.Formats;
import dev.chancery.key.Key;
import java.nio.file.Path;

/// A keyring here, whatever somebody elsewhere says that his keys are.
public record DirectoryKeys(Path directory, Formats formats) implements PublicKeys {
    @Override
    public void requirePublished(Key key) {
        if (!new KeyringDirectory(directory, formats).publishes(key)) {
            throw new HintedException(
                    new UnavailableException(
                            "key %s of %s is not in the keyring %s".formatted(key.id(), key.authority(), directory)),
                    "if it is right, 'chancery keyring import' takes it in; --keyring names another keyring");
        }
    }
}
