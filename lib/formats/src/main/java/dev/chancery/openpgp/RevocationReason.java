// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.MalformedException;
import java.util.Locale;

/// Why a key is revoked (RFC 9580, section 5.2.3.31, table 10), as far as the reasons are about keys.
public enum RevocationReason {
    /// "No reason specified": as hard as [#COMPROMISED].
    NO_REASON(0),
    /// "Key is superseded": soft, what was signed before stays good.
    SUPERSEDED(1),
    /// "Key material has been compromised": hard, nothing that it ever signed counts.
    COMPROMISED(2),
    /// "Key is retired and no longer used": soft.
    RETIRED(3);

    private final int code;

    RevocationReason(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /// Whether it reaches into the past.
    public boolean isHard() {
        return this == NO_REASON || this == COMPROMISED;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static RevocationReason parse(String text) {
        for (var reason : values()) {
            if (reason.label().equals(text)) {
                return reason;
            }
        }
        throw MalformedException.value("reason", text, "is not retired, superseded, compromised or no-reason");
    }
}
