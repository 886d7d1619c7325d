// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import dev.chancery.core.MalformedException;
import dev.chancery.key.KeyId;
import dev.chancery.keys.handle.NewKey;

/// Which key is shared.
///
/// @param description what it is, but for its numbers
/// @param id the id that it has to have
/// @param fingerprint under which people know it: OpenPGP's, 40 upper-case hex digits
public record SharedKey(NewKey description, KeyId id, String fingerprint) {
    public SharedKey {
        if (!fingerprint.matches("[0-9A-F]{40}")) {
            throw MalformedException.value("fingerprint", fingerprint, "is not 40 upper-case hex digits");
        }
        if (description.namespace().isPresent()) {
            throw new MalformedException("a key with a namespace is not shared");
        }
    }
}
