// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Several key providers as one. Each fails alone: a provider whose keys cannot be listed is told to
/// `complaints` and has no keys until it can, and one whose token is away fails when one of its own keys is
/// asked for. The keys of the others sign on.
public final class JoinedKeys implements KeyProvider {
    /// Where to say that a provider is left out. Must not throw.
    @FunctionalInterface
    public interface Complaints {
        void leftOut(String provider, ChanceryException why);
    }

    private final Map<String, ? extends KeyProvider> providers;
    private final Complaints complaints;
    /// As of the last list, so that opening a key needs no other one. Written by whoever lists.
    private final ConcurrentHashMap<KeyId, KeyProvider> owners = new ConcurrentHashMap<>();

    /// Providers by the names that complaints and errors give them; asked in the map's order.
    public JoinedKeys(Map<String, ? extends KeyProvider> providers, Complaints complaints) {
        this.providers = providers;
        this.complaints = complaints;
    }

    /// Throws `MalformedException` when two providers have one key: nobody could tell which of them signs.
    @Override
    public List<Key> keys() {
        var all = new ArrayList<Key>();
        var names = new HashMap<KeyId, String>();
        providers.forEach((name, provider) -> {
            for (Key key : listed(name, provider)) {
                owners.put(key.id(), provider);
                String other = names.putIfAbsent(key.id(), name);
                if (other != null) {
                    throw new MalformedException(
                            "key %s is in two key providers, %s and %s".formatted(key.id(), other, name));
                }
                all.add(key);
            }
        });
        return all;
    }

    private List<Key> listed(String name, KeyProvider provider) {
        try {
            return provider.keys();
        } catch (ChanceryException e) {
            complaints.leftOut(name, e);
            return List.of();
        }
    }

    @Override
    public SigningKey open(KeyId id) {
        if (!owners.containsKey(id)) {
            keys();
        }
        var owner = owners.get(id);
        if (owner == null) {
            throw new UnavailableException("no key provider has key " + id);
        }
        return owner.open(id);
    }
}
