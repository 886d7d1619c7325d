// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.MalformedException;
import java.util.OptionalLong;

/// A part of an answer: at most so many entries, beyond the last one that was seen.
///
/// @param after the index of that one; empty at the beginning
public record Page(OptionalLong after, int limit) {
    /// Entries.
    public static final int ENTRIES_MAX = 1_000;

    public Page {
        if (limit < 1 || limit > ENTRIES_MAX) {
            throw new MalformedException("page of %d entries is not one of 1 to %d".formatted(limit, ENTRIES_MAX));
        }
    }

    public static Page first(int limit) {
        return new Page(OptionalLong.empty(), limit);
    }

    public static Page after(long index, int limit) {
        return new Page(OptionalLong.of(index), limit);
    }
}
