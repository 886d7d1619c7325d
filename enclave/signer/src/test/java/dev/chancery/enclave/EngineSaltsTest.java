// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Artifact;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.audit.Decision;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Scheme;
import dev.chancery.policy.Label;
import dev.chancery.policy.NamePattern;
import dev.chancery.policy.SigningRule;
import dev.chancery.policy.SigningRules;
import dev.chancery.policy.SigningScope;
import dev.chancery.protocol.SigningRequest;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A salt is for one asker, once, and for six hours.
class EngineSaltsTest {
    private static final FormatName OPENPGP6 = new FormatName("openpgp6");
    private static final Requester BOB = new Requester("local:bob");
    private static final byte[] CONTENT = "content\n".repeat(50).getBytes(StandardCharsets.US_ASCII);
    private static final SigningRequest.Target TARGET =
            new SigningRequest.Target(Office.QA, OPENPGP6, Optional.empty());
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Can be set.
    private static final class Hands extends Clock {
        private Instant now = Office.NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hands clock = new Hands();
    private final List<Decision> records = new ArrayList<>();
    private final MemoryKeys.MemoryKey key = Office.key(Scheme.ED25519, OPENPGP6);
    private final Engine engine = new Engine(
            rules(),
            new MemoryKeys().with(key).with(Office.key(Scheme.ED25519, Office.OPENPGP)),
            Office.FORMATS,
            new Recorder((time, decision) -> records.add(decision), Office.HASHES, clock));

    private static SigningRules rules() {
        var scope = new SigningScope(
                Set.of(OPENPGP6, Office.OPENPGP), List.of(new NamePattern("*.gz")), Artifact.SIZE_BYTES_MAX);
        return new SigningRules(
                List.of(new SigningRule(new Label("both"), List.of(Office.ALICE, BOB), Office.QA, scope)));
    }

    private Salt salt(Requester asker) {
        return engine.salt(new Asker(asker), TARGET, RANDOM);
    }

    private static Measured measured(Salt salt) {
        var measures = Office.FORMATS.get(OPENPGP6).signing().measures(Scheme.ED25519, Encoding.BINARY, salt);
        return new ContentPass(Office.HASHES).measure(Channels.newChannel(new ByteArrayInputStream(CONTENT)), measures);
    }

    private Signature sign(Requester asker, Measured content) {
        return engine.sign(asker, Office.request(OPENPGP6, Encoding.BINARY, content));
    }

    private void assertRefused(Requester asker, Salt salt) {
        var refused = assertThrows(RefusedException.class, () -> sign(asker, measured(salt)));
        assertEquals("salt", refused.rule());
        assertEquals(
                "salt",
                assertInstanceOf(
                                Decision.Answer.Refused.class, records.getLast().answer())
                        .rule());
    }

    @Test
    void anIssuedSaltSignsOnce() {
        var salt = salt(Office.ALICE);
        var content = measured(salt);
        var signature = sign(Office.ALICE, content);
        assertTrue(Office.FORMATS.get(OPENPGP6).verifying().isBy(key.key(), signature, content));
        assertRefused(Office.ALICE, salt);
        assertNotEquals(salt, salt(Office.ALICE));
    }

    @Test
    void aSaltOfOnesOwnOrOfAnotherIsRefused() {
        assertRefused(Office.ALICE, Salt.draw(Salt.BYTES_MAX, RANDOM));
        var bobs = salt(BOB);
        assertRefused(Office.ALICE, bobs);
        sign(BOB, measured(bobs));
        var vouched = engine.salt(new Asker(BOB, Optional.of(Office.ALICE), 1), TARGET, RANDOM);
        assertRefused(BOB, vouched);
    }

    @Test
    void aSaltIsGoodForSixHours() {
        var last = salt(Office.ALICE);
        var late = salt(Office.ALICE);
        clock.now = Office.NOW.plus(Salts.LIFE).minusSeconds(1);
        sign(Office.ALICE, measured(last));
        clock.now = Office.NOW.plus(Salts.LIFE);
        assertRefused(Office.ALICE, late);
        assertEquals(Duration.ofHours(6), Salts.LIFE);
    }

    @Test
    void whoIsRefusedForAnotherReasonKeepsHisSalt() {
        var content = measured(salt(Office.ALICE));
        var request = Office.request(OPENPGP6, Encoding.BINARY, content);
        var named = new SigningRequest(
                request.target(), request.encoding(), new dev.chancery.core.ArtifactName("a.exe"), content);
        assertThrows(RefusedException.class, () -> engine.sign(Office.ALICE, named));
        sign(Office.ALICE, content);
    }

    @Test
    void withoutASaltThereIsNoSignature() {
        assertThrows(MalformedException.class, () -> sign(Office.ALICE, measured(Salt.NONE)));
        var plain = new SigningRequest.Target(Office.QA, Office.OPENPGP, Optional.empty());
        assertEquals(Salt.NONE, engine.salt(new Asker(Office.ALICE), plain, RANDOM));
        assertThrows(MalformedException.class, () -> engine.salts(new Asker(Office.ALICE), plain, 1, RANDOM));
    }

    @Test
    void aStrangerGetsNone() {
        var refused = assertThrows(RefusedException.class, () -> salt(new Requester("local:mallory")));
        assertEquals(SigningRules.NO_RULE, refused.rule());
        var other = new SigningRequest.Target(Office.RELEASE, OPENPGP6, Optional.empty());
        assertThrows(RefusedException.class, () -> engine.salt(new Asker(Office.ALICE), other, RANDOM));
    }

    @Test
    void whoDoesNotUseHisWaitsUntilTheyExpire() {
        var alice = new Asker(Office.ALICE);
        var salts = engine.salts(alice, TARGET, Salts.OUTSTANDING_MAX - 1, RANDOM);
        assertEquals(Salts.OUTSTANDING_MAX - 1, Set.copyOf(salts).size());
        clock.now = Office.NOW.plusSeconds(60);
        assertThrows(UnavailableException.class, () -> engine.salts(alice, TARGET, 2, RANDOM));
        var last = salt(Office.ALICE);
        var wait = assertThrows(UnavailableException.class, () -> salt(Office.ALICE));
        assertEquals(Optional.of(Salts.LIFE.minusSeconds(60)), wait.retryAfter());
        salt(BOB);
        sign(Office.ALICE, measured(last));
        salt(Office.ALICE);
        clock.now = Office.NOW.plus(Salts.LIFE);
        assertEquals(1_000, engine.salts(alice, TARGET, 1_000, RANDOM).size());
    }

    /// The record has what was signed, and the digest of the content alone as the asker's word.
    @Test
    void theRecordHasTheSaltAndTheDigestOfBoth() throws Exception {
        var salt = salt(Office.ALICE);
        sign(Office.ALICE, measured(salt));
        var content = records.getLast().asked().content();
        var sha512 = java.security.MessageDigest.getInstance("SHA-512");
        sha512.update(salt.bytes().toArray());
        byte[] both = sha512.digest(CONTENT);
        assertEquals(
                Optional.of(new Decision.Salted(salt, new dev.chancery.core.Digest(DigestAlgorithm.SHA512, both))),
                content.salted());
        assertEquals(Map.of(), content.digests());
        var claimed = new dev.chancery.core.Digest(DigestAlgorithm.SHA512, sha512.digest(CONTENT));
        assertEquals(Map.of(DigestAlgorithm.SHA512, claimed), content.claimed());
    }
}
