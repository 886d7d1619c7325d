// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import java.util.List;

/// The check on arrival: what came back is verified against the content with the public key that the keyring
/// has, before anything is written. The engine checked it too; this one would also notice an engine that lies.
public final class Arrival {
    private final Formats formats;

    /// Complains when a key that will sign is not among the public keys, for then nobody could verify.
    public Arrival(Formats formats, PublicKeys publicKeys, List<Key> keys) {
        this.formats = formats;
        keys.forEach(publicKeys::requirePublished);
    }

    public void check(Key key, Signature signature, Measured content) {
        if (!formats.get(key.format()).verifying().isBy(key, signature, content)) {
            throw new UnavailableException("the signature by %s that came back does not verify; nothing was written"
                    .formatted(key.authority()));
        }
    }
}
