// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import java.time.Instant;
import java.util.List;

/// An entry of the log.
///
/// @param index from 0
/// @param logged when it was appended; never before that of the entry before it
/// @param blob the SHA-256 of the signature or statement: [Ledger#blob]
public record Entry(
        long index, Instant logged, Bytes leafHash, Bytes leaf, EntryFacts facts, List<Subject> subjects, Digest blob) {
    public Entry {
        subjects = List.copyOf(subjects);
    }
}
