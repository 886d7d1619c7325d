// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import java.util.List;

/// The check on arrival: what came back is verified against the content with the public key that the keyring
/// has, before anything is written. The engine checked it too; this one would also notice an engine that lies.
public final class Arrival {
    private final Office office;

    /// Complains when a key that will sign is not in the keyring, for then nobody could verify.
    public Arrival(Office office, List<Key> keys) {
        this.office = office;
        for (Key key : keys) {
            if (!office.keyring().publishes(key)) {
                throw new HintedException(
                        new UnavailableException(
                                "key %s of %s is not in the keyring".formatted(key.id(), key.authority())),
                        "'chancery authority add %s --format %s' finishes what was interrupted"
                                .formatted(key.authority(), key.format()));
            }
        }
    }

    public void check(Key key, Signature signature, Measured content) {
        if (!office.formats().get(key.format()).verifying().isBy(key, signature, content)) {
            throw new UnavailableException("the signature by %s that came back does not verify; nothing was written"
                    .formatted(key.authority()));
        }
    }
}
