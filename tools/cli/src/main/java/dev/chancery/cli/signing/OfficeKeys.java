// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.Key;

/// The keyring of the office that signs.
public record OfficeKeys(Office office) implements PublicKeys {
    @Override
    public void requirePublished(Key key) {
        if (!office.keyring().publishes(key)) {
            throw new HintedException(
                    new UnavailableException("key %s of %s is not in the keyring".formatted(key.id(), key.authority())),
                    "'chancery authority add %s --format %s' finishes what was interrupted"
                            .formatted(key.authority(), key.format()));
        }
    }
}
