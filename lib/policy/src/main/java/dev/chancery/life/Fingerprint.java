// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.MalformedException;

/// The fingerprint of an OpenPGP key of version 4 (RFC 9580, section 5.5.4.2), as people and tools write it: 40
/// upper-case hex digits.
public record Fingerprint(String hex) implements Comparable<Fingerprint> {
    private static final int DIGITS = 40;
    private static final int KEY_ID_DIGITS = 16;

    public Fingerprint {
        boolean wellFormed =
                hex.length() == DIGITS && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'));
        if (!wellFormed) {
            throw MalformedException.value("fingerprint", hex, "is not 40 upper-case hex digits");
        }
    }

    /// The last 16 digits, for tables and file names; never for decisions.
    public String keyId() {
        return hex.substring(DIGITS - KEY_ID_DIGITS);
    }

    @Override
    public int compareTo(Fingerprint other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
