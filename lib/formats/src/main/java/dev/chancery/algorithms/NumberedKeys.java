// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The numbered keys of a keyring, whose each is, and which bear a number.
public final class NumberedKeys {
    private final Map<PublicKey, Authority> owners = new LinkedHashMap<>();
    private final Map<Bytes, List<PublicKey>> byNumber = new LinkedHashMap<>();

    /// Reads the public key files of all authorities. A key that stands twice is malformed.
    public NumberedKeys(FormatName format, Map<Authority, Bytes> publicKeyFiles) {
        publicKeyFiles.forEach((authority, file) -> {
            for (NumberedKey numbered : NumberedKey.read(format, authority, file)) {
                add(format, numbered, authority);
            }
        });
    }

    private void add(FormatName format, NumberedKey numbered, Authority authority) {
        Authority other = owners.putIfAbsent(numbered.key(), authority);
        if (other != null) {
            throw new MalformedException("%s public key %s stands twice, for %s and for %s"
                    .formatted(format, numbered.key().id(), other, authority));
        }
        byNumber.computeIfAbsent(numbered.number(), number -> new ArrayList<>()).add(numbered.key());
    }

    public Map<KeyId, Authority> owners() {
        var ids = new LinkedHashMap<KeyId, Authority>();
        owners.forEach((key, authority) -> ids.put(key.id(), authority));
        return ids;
    }

    public Authority owner(PublicKey key) {
        return Objects.requireNonNull(owners.get(key), "a key of this keyring");
    }

    /// The keys of that number; none when it is unknown, several when their makers chose the same.
    public List<PublicKey> numbered(Bytes number) {
        return byNumber.getOrDefault(number, List.of());
    }
}
