// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyWarningsTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final String EXPIRES = "the key for release's openpgp signatures expires in ";

    private static Key key(String authority, Optional<Instant> end) throws GeneralSecurityException {
        var made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new Key(
                new Authority(authority),
                new FormatName("openpgp"),
                KeyPurpose.SIGN,
                NOW.minus(Duration.ofDays(100)),
                end,
                Optional.empty(),
                PublicKey.parse(made.getPublic().getEncoded()));
    }

    private static Key key(Instant end) throws GeneralSecurityException {
        return key("release", Optional.of(end));
    }

    private static List<String> warnings(Key... keys) {
        return KeyWarnings.of(List.of(keys), NOW);
    }

    @Test
    void anEndIsNearFromThirtyDaysOn() throws Exception {
        assertEquals(List.of(), warnings(key("release", Optional.empty())));
        assertEquals(List.of(), warnings(key(NOW.plus(KeyWarnings.NEAR).plusSeconds(1))));
        assertEquals(List.of(EXPIRES + "30 days, at 2027-01-31T00:00:00Z"), warnings(key(NOW.plus(KeyWarnings.NEAR))));
        assertEquals(List.of(EXPIRES + "0 days, at 2027-01-01T00:00:01Z"), warnings(key(NOW.plusSeconds(1))));
    }

    @Test
    void whatHasEndedIsSaidAsLongAsNothingGoesOn() throws Exception {
        assertEquals(
                List.of("no key makes release's openpgp signatures: the last one expired at 2027-01-01T00:00:00Z"),
                warnings(key(NOW), key(NOW.minusSeconds(5))));
        assertEquals(List.of(), warnings(key(NOW), key("release", Optional.empty())));
        assertEquals(
                List.of(EXPIRES + "1 days, at 2027-01-02T00:00:00Z"),
                warnings(key(NOW.minusSeconds(9)), key(NOW.plus(Duration.ofDays(1)))));
    }

    @Test
    void eachAuthorityHasItsOwn() throws Exception {
        assertEquals(
                List.of(EXPIRES + "1 days, at 2027-01-02T00:00:00Z"),
                warnings(key("qa", Optional.empty()), key(NOW.plus(Duration.ofDays(1)))));
    }
}
