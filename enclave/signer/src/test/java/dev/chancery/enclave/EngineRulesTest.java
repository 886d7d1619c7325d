// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.SigningRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Rule 5 of the design: "Deny by default. No rule, no signature; [...] no default key, no default authority."
class EngineRulesTest {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final SigningRequest REQUEST = Office.request(Office.OPENPGP, Encoding.BINARY, CONTENT);

    private final MemoryKeys keys = new MemoryKeys().with(Office.key(Scheme.ED25519, Office.OPENPGP));

    @Test
    void withoutARuleNothingIsSigned() {
        assertRefused("no-signing-rule", new SigningRules(List.of()), REQUEST);
        assertEquals(0, keys.opened());
    }

    @Test
    void whatARulePermitsIsSigned() {
        assertDoesNotThrow(() -> Office.engine(keys).sign(Office.ALICE, REQUEST));
        assertEquals(1, keys.opened());
    }

    @Test
    void anotherRequesterIsRefused() {
        var engine = Office.engine(keys);
        for (String other : List.of("local:bob", "peer:alice", "local:alice2", "local:Alice")) {
            var refusal = assertThrows(RefusedException.class, () -> engine.sign(new Requester(other), REQUEST));
            assertEquals("no-signing-rule", refusal.rule());
        }
        assertEquals(0, keys.opened());
    }

    @Test
    void anotherAuthorityIsRefused() {
        var release = MemoryKeys.MemoryKey.of(Scheme.ED25519, Office.RELEASE, Office.OPENPGP);
        keys.with(release);
        var target = new SigningRequest.Target(
                Office.RELEASE, Office.OPENPGP, Optional.of(release.key().id()));
        var request = new SigningRequest(target, Encoding.BINARY, REQUEST.name(), REQUEST.content());
        assertRefused("no-signing-rule", Office.rules(), request);
    }

    @Test
    void anotherFormatIsRefused() {
        var raw = Office.request(Office.RAW, Encoding.BINARY, CONTENT);
        assertRefused("signing-rule:pgp", rules(Set.of(Office.OPENPGP), "*", 3), raw);
    }

    @Test
    void anotherNameIsRefused() {
        assertRefused("signing-rule:pgp", rules(Set.of(Office.OPENPGP), "*.rpm", 3), REQUEST);
        var named =
                new SigningRequest(REQUEST.target(), REQUEST.encoding(), new ArtifactName("a.rpm"), REQUEST.content());
        assertDoesNotThrow(() ->
                Office.engine(rules(Set.of(Office.OPENPGP), "*.rpm", 3), keys).sign(Office.ALICE, named));
    }

    @Test
    void contentOverTheSizeIsRefused() {
        assertRefused("signing-rule:pgp", rules(Set.of(Office.OPENPGP), "*", 2), REQUEST);
        assertDoesNotThrow(() ->
                Office.engine(rules(Set.of(Office.OPENPGP), "*", 3), keys).sign(Office.ALICE, REQUEST));
    }

    private static SigningRules rules(Set<FormatName> formats, String pattern, long sizeMax) {
        return new SigningRules(List.of(Office.rule("pgp", formats, pattern, sizeMax)));
    }

    private void assertRefused(String rule, SigningRules rules, SigningRequest request) {
        var engine = Office.engine(rules, keys);
        var refusal = assertThrows(RefusedException.class, () -> engine.sign(Office.ALICE, request));
        assertEquals(rule, refusal.rule(), refusal.sentence());
        assertEquals(0, keys.opened());
    }

    @Test
    void anUnknownFormatIsMalformed() {
        var request = Office.request(new FormatName("pkcs7"), Encoding.BINARY, CONTENT);
        var fault =
                assertThrows(MalformedException.class, () -> Office.engine(keys).sign(Office.ALICE, request));
        assertTrue(fault.sentence().contains("\"pkcs7\" is not known"), fault.sentence());
    }

    @Test
    void thereIsNoDefaultKey() {
        assertRefusedKeys("no-key", new MemoryKeys(), REQUEST);
        var two = new MemoryKeys()
                .with(Office.key(Scheme.ED25519, Office.OPENPGP))
                .with(Office.key(Scheme.ECDSA_P256, Office.OPENPGP));
        assertRefusedKeys("key-choice", two, REQUEST);
        var other = Office.key(Scheme.ED25519, Office.OPENPGP).key().id();
        assertRefusedKeys("no-key", two, Office.naming(REQUEST, other));
        two.keys()
                .forEach(key -> assertDoesNotThrow(
                        () -> Office.engine(two).sign(Office.ALICE, Office.naming(REQUEST, key.id()))));
    }

    /// From `expires` on a key signs nothing more, and nothing before it was made.
    @Test
    void aKeySignsWithinItsLifetime() {
        assertRefusedKeys("key-expired", living(Office.KEYS_MADE, Office.NOW), REQUEST);
        assertRefusedKeys("key-expired", living(Office.NOW.plusSeconds(1), Office.NOW.plusSeconds(9)), REQUEST);
        assertSigns(living(Office.KEYS_MADE, Office.NOW.plusSeconds(1)));
        assertSigns(living(Office.NOW, Office.NOW.plusSeconds(1)));
        var one = living(Office.KEYS_MADE, Office.NOW).with(Office.key(Scheme.ED25519, Office.OPENPGP));
        assertSigns(one);
    }

    private static MemoryKeys living(Instant created, Instant expires) {
        return new MemoryKeys().with(Office.key(Scheme.ED25519, Office.OPENPGP).valid(created, Optional.of(expires)));
    }

    private static void assertSigns(MemoryKeys keys) {
        assertDoesNotThrow(() -> Office.engine(keys).sign(Office.ALICE, REQUEST));
    }

    @Test
    void aCertifyingKeySignsNoData() {
        var certifier = Office.key(Scheme.ED25519, Office.OPENPGP).as(Office.QA, Office.OPENPGP, KeyPurpose.CERTIFY);
        var keys = new MemoryKeys().with(certifier);
        assertRefusedKeys("no-key", keys, REQUEST);
        assertRefusedKeys("no-key", keys, Office.naming(REQUEST, certifier.key().id()));
    }

    private static void assertRefusedKeys(String rule, MemoryKeys keys, SigningRequest request) {
        var engine = Office.engine(keys);
        var refusal = assertThrows(RefusedException.class, () -> engine.sign(Office.ALICE, request));
        assertEquals(rule, refusal.rule(), refusal.sentence());
        assertEquals(0, keys.opened());
    }
}
