// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import java.util.Optional;

/// Whether the store takes what is written to it; if not, why, in words.
public record Health(Optional<String> trouble) {
    public boolean isGood() {
        return trouble.isEmpty();
    }
}
