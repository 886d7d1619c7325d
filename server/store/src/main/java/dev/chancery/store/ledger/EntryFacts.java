// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import dev.chancery.core.Authority;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Requester;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What is known of an entry without reading its leaf. Only a signature has all of it.
///
/// @param made when the signature says that it was made; kept in microseconds
public record EntryFacts(
        EntryKind kind,
        Optional<Authority> authority,
        Optional<FormatName> format,
        Optional<Encoding> encoding,
        Optional<KeyId> key,
        Optional<Requester> requester,
        Instant made) {
    public EntryFacts {
        made = made.truncatedTo(ChronoUnit.MICROS);
    }
}
