// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.MalformedException;
import java.util.Locale;

/// What a key may be used for; no key has two purposes.
public enum KeyPurpose {
    /// Signs artifacts.
    SIGN,
    /// Certifies the authority's own signing keys: an OpenPGP primary key. It never signs an artifact.
    CERTIFY;

    public static KeyPurpose parse(String label) {
        for (var purpose : values()) {
            if (purpose.label().equals(label)) {
                return purpose;
            }
        }
        throw MalformedException.value("key purpose", label, "is not sign or certify");
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
