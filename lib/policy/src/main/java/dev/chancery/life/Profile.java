// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.MalformedException;

/// How the cycles of an authority are made of OpenPGP keys.
public enum Profile {
    /// One certify-only primary key for many years, and under it a signing subkey for each cycle. Who has the
    /// primary key's fingerprint needs nothing new.
    SUBKEY_PER_CYCLE("subkey-per-cycle"),
    /// A primary key for each cycle, with a signing subkey, certified by the one before it: as OpenStack does.
    PRIMARY_PER_CYCLE("primary-per-cycle");

    private final String label;

    Profile(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static Profile parse(String text) {
        for (var profile : values()) {
            if (profile.label.equals(text)) {
                return profile;
            }
        }
        throw MalformedException.value("profile", text, "is not subkey-per-cycle or primary-per-cycle");
    }
}
