// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The public keys of the authorities, by format.
///
/// One key, one format, one authority holds here too: a key that stands under two names or in two formats
/// makes the whole keyring malformed, for else a signature of one format could be worn as another's.
public final class Keyring {
    private final Map<FormatName, FormatKeyring> formats;

    public Keyring(Map<FormatName, FormatKeyring> formats) {
        this.formats = Map.copyOf(formats);
        var places = new HashMap<KeyId, String>();
        formats.forEach((format, keys) -> keys.owners().forEach((id, owner) -> {
            String place = owner + "'s " + format;
            String other = places.putIfAbsent(id, place);
            if (other != null) {
                throw new MalformedException(
                        "keyring has one key twice, as %s and as %s key: %s".formatted(other, place, id));
            }
        }));
    }

    Optional<FormatKeyring> format(FormatName name) {
        return Optional.ofNullable(formats.get(name));
    }

    /// Whose key this is, if it may sign artifacts in this format.
    public Optional<Authority> owner(FormatName format, KeyId key) {
        return format(format).flatMap(keys -> Optional.ofNullable(keys.owners().get(key)));
    }

    /// Whose key this is, if it could sign artifacts in this format at that time, by all that is known of it now: a
    /// certificate can say that a key has expired, was retired, or never was one's own.
    public Optional<Authority> signer(FormatName format, KeyId key, Instant at) {
        return owner(format, key)
                .filter(authority -> format(format)
                        .filter(keys -> keys.fault(key, at).isEmpty())
                        .isPresent());
    }

    /// Whose each key is.
    public Map<KeyId, Authority> owners() {
        var owners = new HashMap<KeyId, Authority>();
        formats.values().forEach(keys -> owners.putAll(keys.owners()));
        return Map.copyOf(owners);
    }

    /// Every authority that has a key here, in alphabetical order.
    public java.util.SortedSet<Authority> authorities() {
        var names = new TreeSet<Authority>();
        formats.values().forEach(keys -> names.addAll(keys.owners().values()));
        return names;
    }
}
