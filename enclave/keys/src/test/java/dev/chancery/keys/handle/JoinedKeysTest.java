// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinedKeysTest {
    private static Key key(int number) {
        byte[] point = new byte[32];
        point[0] = (byte) number;
        return SampleKeys.newKey(KeyAlgorithm.ED25519).with(PublicKey.ed25519(point));
    }

    /// A provider with one key, whose list or keys may be out of reach.
    private record One(Key key, boolean lists, boolean opens) implements KeyProvider, SigningKey {
        @Override
        public List<Key> keys() {
            if (!lists) {
                throw new UnavailableException("the list is away");
            }
            return List.of(key);
        }

        @Override
        public SigningKey open(KeyId id) {
            if (!opens) {
                throw new UnavailableException("the token is away");
            }
            return this;
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            return SignatureValue.of(new byte[64]);
        }
    }

    private final List<String> complaints = new ArrayList<>();

    private JoinedKeys joined(One... providers) {
        Map<String, One> named = new LinkedHashMap<>();
        for (var provider : providers) {
            named.put("p" + (named.size() + 1), provider);
        }
        return new JoinedKeys(named, (name, why) -> complaints.add(name + ": " + why.sentence()));
    }

    @Test
    void eachProviderOpensItsOwnKeys() {
        var joined = joined(new One(key(1), true, true), new One(key(2), true, true));
        assertEquals(List.of(key(1), key(2)), joined.keys());
        for (int number = 1; number <= 2; number++) {
            assertEquals(key(number), joined.open(key(number).id()).key());
        }
        assertThrows(UnavailableException.class, () -> joined.open(key(3).id()));
        assertEquals(List.of(), complaints);
    }

    @Test
    void aTokenThatIsAwayFailsAlone() {
        var joined = joined(new One(key(1), true, false), new One(key(2), true, true));
        assertEquals(List.of(key(1), key(2)), joined.keys());
        assertThrows(UnavailableException.class, () -> joined.open(key(1).id()));
        assertEquals(key(2), joined.open(key(2).id()).key());
    }

    @Test
    void aProviderWithoutAListIsLeftOutAloud() {
        var joined = joined(new One(key(1), false, true), new One(key(2), true, true));
        assertEquals(List.of(key(2)), joined.keys());
        assertEquals(List.of("p1: the list is away"), complaints);
        assertEquals(key(2), joined.open(key(2).id()).key());
    }

    @Test
    void aKeyInTwoProvidersIsMalformed() {
        var joined = joined(new One(key(1), true, true), new One(key(1), true, true));
        assertThrows(MalformedException.class, joined::keys);
    }
}
