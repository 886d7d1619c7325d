// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.request;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;

/// An Idempotency-Key and whose it is. Keys of different requesters are different requests.
public record RequestKey(Requester requester, String key) {
    /// Characters of printable ASCII; a UUID has 36.
    public static final int CHARACTERS_MAX = 255;

    public RequestKey {
        boolean wellFormed =
                !key.isEmpty() && key.length() <= CHARACTERS_MAX && key.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (!wellFormed) {
            throw MalformedException.value(
                    "idempotency key", key, "is not 1 to %d printable ASCII characters".formatted(CHARACTERS_MAX));
        }
    }
}
