// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.formats.Formats;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.protocol.KeyChoice;
import dev.chancery.protocol.SigningRequest;
import java.time.Instant;
import java.util.List;

/// The keys that somebody elsewhere says he signs with.
public record ListedKeys(List<Key> keys, Formats formats) {
    public ListedKeys {
        keys = List.copyOf(keys);
    }

    /// The formats in which an authority can sign, in the order of the table of formats.
    public List<FormatName> formats(Authority authority) {
        var mine = keys.stream()
                .filter(key -> key.authority().equals(authority) && key.purpose() == KeyPurpose.SIGN)
                .map(Key::format)
                .toList();
        return formats.list().stream()
                .map(format -> format.description().name())
                .filter(mine::contains)
                .toList();
    }

    /// Throws `RefusedException` (`no-key`, `key-expired`, `key-choice`).
    public Key choose(SigningRequest.Target target, Instant now) {
        return KeyChoice.of(keys, target, now);
    }
}
