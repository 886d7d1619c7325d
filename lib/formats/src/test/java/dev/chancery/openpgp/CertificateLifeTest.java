// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.packet.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What happens to a certificate after its birth: further subkeys, other ends, revocations, certifications.
/// Judged by our own verifying, which shares no code with the making, and by Bouncy Castle.
class CertificateLifeTest {
    private static final byte[] CONTENT = "content\n".getBytes(StandardCharsets.US_ASCII);
    private static final Instant BORN = MemoryKey.CREATED;
    private static final Instant END = BORN.plus(Duration.ofDays(200));
    private static final Instant EVENT = BORN.plus(Duration.ofDays(100));
    private static final Instant LATER = BORN.plus(Duration.ofDays(1_000));
    private static final UserId USER = new UserId("QA <qa@example.org>");

    private final Sample sample = Sample.of(KeyAlgorithm.ED25519);
    private final KeyPacket subkey = KeyPacket.of(sample.signing().key());
    private final AuthorityCertificate born = certificate(making(sample, BORN).make(USER, sample.signing(), ends(END)));

    private static CertificateMaking making(Sample sample, Instant now) {
        return new CertificateMaking(Sample.HASHES, sample.primary(), now);
    }

    private static CertificateMaking.Ends ends(Instant subkey) {
        return new CertificateMaking.Ends(Optional.empty(), Optional.of(subkey));
    }

    private static AuthorityCertificate certificate(Bytes packets) {
        return AuthorityCertificate.read(packets);
    }

    private AuthorityCertificate after(Bytes fragment) {
        return born.with(fragment, List.of());
    }

    private CertificateMaking at(Instant now) {
        return making(sample, now);
    }

    private String verdict(AuthorityCertificate certificate, MemoryKey by, Instant signed) {
        var content = Sample.measured(CONTENT);
        var signature = Sample.SIGNING.sign(content, Sample.terms(Encoding.BINARY, signed), by);
        var keyring = Sample.VERIFYING.keyring(Map.of(Sample.QA, certificate.armored()));
        var verdict = keyring.read(signature.bytes()).getFirst().check(content, LATER);
        return verdict instanceof Verdict.Bad bad ? bad.reason().name() : "good";
    }

    private String verdict(AuthorityCertificate certificate, Instant signed) {
        return verdict(certificate, sample.signing(), signed);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ECDSA_P384")
    void aFurtherSubkeySignsBesideTheFirst(KeyAlgorithm algorithm) {
        var next = MemoryKey.Pair.of(algorithm).bound(Sample.QA, OpenPgpFormat.DESCRIPTION.name(), KeyPurpose.SIGN);
        var fragment = at(EVENT).subkey(next, Optional.of(LATER));
        var joined = after(fragment);
        assertTrue(joined.has(next.key()));
        assertEquals(Optional.of(END), joined.end(subkey, LATER));
        assertEquals(Optional.of(LATER), joined.end(KeyPacket.of(next.key()), LATER));
        assertEquals("good", verdict(joined, next, EVENT.plusSeconds(1)));
        assertEquals("good", verdict(joined, EVENT.plusSeconds(1)));
        assertEquals("UNFIT_KEY", verdict(joined, next, EVENT.minusSeconds(1)));
        assertEquals(
                2, read(joined).getSigningKeys(Date.from(EVENT.plusSeconds(1))).size());
    }

    /// RFC 9580, section 5.2.3.13: "The validity period of the key. This is the number of seconds after the key
    /// creation time that the key expires."
    @Test
    void anExtensionNeedsThePrimaryKeyAlone() {
        var extended = after(at(EVENT).extension(subkey, born.back(subkey, EVENT), Optional.of(LATER)));
        assertEquals(Optional.of(LATER), extended.end(subkey, EVENT));
        assertEquals(Optional.of(END), extended.end(subkey, EVENT.minusSeconds(1)));
        assertEquals("EXPIRED", verdict(born, END));
        assertEquals("good", verdict(extended, END));
        assertEquals("good", verdict(extended, BORN.plusSeconds(5)));
        var theirs = read(extended).getSubkeys().values().iterator().next();
        assertEquals(Date.from(LATER), theirs.getKeyExpirationDateAt(Date.from(EVENT)));
    }

    @Test
    void aPrimaryKeyGetsAnEndAndAnother() {
        var ended = after(at(EVENT).userId(USER, Optional.of(END)));
        assertEquals(Optional.of(END), ended.end(ended.primary(), EVENT));
        var extended = ended.with(at(EVENT.plusSeconds(1)).userId(USER, Optional.of(LATER)), List.of());
        assertEquals(Optional.of(LATER), extended.end(extended.primary(), LATER));
        assertEquals(Optional.of(END), extended.end(subkey, LATER));
        assertEquals(List.of(USER), extended.userIds());
    }

    /// An expiry of 0 seconds would mean never (section 5.2.3.13), and a negative one 136 years.
    @Test
    void anEndIsAfterTheKeysCreation() {
        assertDoesNotThrow(() -> at(EVENT).userId(USER, Optional.of(BORN.plusSeconds(1))));
        assertThrows(MalformedException.class, () -> at(EVENT).userId(USER, Optional.of(BORN)));
        var most = BORN.plusSeconds(CertificateMaking.EXPIRY_SECONDS_MAX);
        assertDoesNotThrow(() -> at(EVENT).userId(USER, Optional.of(most)));
        assertThrows(MalformedException.class, () -> at(EVENT).userId(USER, Optional.of(most.plusSeconds(1))));
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedSubkeyIsRevokedForItsReason(RevocationReason reason) {
        assertRevoked(after(at(EVENT).revocation(subkey, reason)), reason);
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedPrimaryKeyTakesItsSubkeysWithIt(RevocationReason reason) {
        assertRevoked(after(at(EVENT).revocation(reason)), reason);
    }

    private void assertRevoked(AuthorityCertificate revoked, RevocationReason reason) {
        assertEquals(reason.isHard() ? "REVOKED" : "good", verdict(revoked, EVENT.minusSeconds(1)));
        assertEquals("REVOKED", verdict(revoked, EVENT));
        var found = revoked.revocation(subkey, EVENT).orElseThrow();
        assertEquals(EVENT, found.at());
        assertEquals(reason.isHard(), found.hard());
        assertEquals(
                reason.isHard(),
                revoked.revocation(subkey, EVENT.minusSeconds(1)).isPresent());
        assertEquals(List.of(), read(revoked).getSigningKeys(Date.from(LATER)));
    }

    /// rpm 4.18 refuses a certificate in which anything else is critical.
    @Test
    void onlyCreationTimeAndKeyFlagsAreCritical() {
        var all = after(at(EVENT).extension(subkey, born.back(subkey, EVENT), Optional.of(LATER)))
                .with(at(EVENT.plusSeconds(1)).userId(USER, Optional.of(LATER)), List.of())
                .with(at(EVENT.plusSeconds(2)).revocation(subkey, RevocationReason.RETIRED), List.of())
                .with(at(EVENT.plusSeconds(3)).revocation(RevocationReason.COMPROMISED), List.of());
        int seen = 0;
        for (var key : read(all).getPGPPublicKeyRing()) {
            for (var signatures = key.getSignatures(); signatures.hasNext(); seen++) {
                assertCritical(signatures.next());
            }
        }
        assertEquals(6, seen);
    }

    private static void assertCritical(PGPSignature signature) {
        assertTrue(Arrays.stream(signature.getHashedSubPackets().toArray())
                .filter(SignatureSubpacket::isCritical)
                .allMatch(critical -> critical.getType() == SignatureSubpacketTags.CREATION_TIME
                        || critical.getType() == SignatureSubpacketTags.KEY_FLAGS));
    }

    @Test
    void anotherCertificatesFragmentIsRefused() {
        var other = Sample.of(KeyAlgorithm.ED25519);
        var foreign = making(other, EVENT).revocation(RevocationReason.COMPROMISED);
        assertThrows(RefusedException.class, () -> after(foreign));
    }

    @Test
    void anAdministratorsCertificationIsHisAndOnlyKeptOfThoseWhoAreAsked() {
        var alice = Sample.of(KeyAlgorithm.ED25519);
        var mallory = Sample.of(KeyAlgorithm.ED25519);
        var alices = certificate(alice.certificate());
        var mallorys = certificate(mallory.certificate());
        var signed = making(alice, EVENT).certification(born.primary(), USER);
        var dropped = after(signed);
        assertEquals(List.of(), dropped.certifiers(List.of(alices, mallorys), LATER));
        var kept = born.with(signed, List.of(alices))
                .with(making(mallory, EVENT).certification(born.primary(), USER), List.of(alices));
        assertEquals(List.of(alices), kept.certifiers(List.of(alices, mallorys), LATER));
        assertEquals(List.of(), kept.certifiers(List.of(alices), EVENT.minusSeconds(1)));
        assertEquals(List.of(), kept.certifiers(List.of(revoked(alice, RevocationReason.COMPROMISED)), LATER));
        assertEquals(
                1,
                kept.certifiers(List.of(revoked(alice, RevocationReason.RETIRED)), LATER)
                        .size());
    }

    private static AuthorityCertificate revoked(Sample who, RevocationReason reason) {
        return certificate(who.certificate())
                .with(making(who, EVENT.plusSeconds(1)).revocation(reason), List.of());
    }

    @Test
    void theMinimalCertificateHasNoSubkeysAndNobodyElsesWord() {
        var alice = Sample.of(KeyAlgorithm.ED25519);
        var signed = making(alice, EVENT).certification(born.primary(), USER);
        var minimal =
                born.with(signed, List.of(certificate(alice.certificate()))).minimal();
        assertEquals(1, minimal.keys().size());
        assertEquals(List.of(USER), minimal.userIds());
        assertFalse(minimal.has(sample.signing().key()));
        assertEquals(List.of(), minimal.certifiers(List.of(certificate(alice.certificate())), LATER));
        assertArrayEquals(born.primary().fingerprint(), minimal.primary().fingerprint());
    }

    @Test
    void twoSelfSignaturesNeverHaveOneSecond() {
        assertEquals(EVENT, born.next(EVENT));
        assertEquals(BORN.plusSeconds(1), born.next(BORN));
        assertEquals(BORN.plusSeconds(1), born.next(BORN.minusSeconds(1)));
        var refusal = assertThrows(RefusedException.class, () -> born.next(BORN.minusSeconds(2)));
        assertEquals("key-clock", refusal.rule());
    }

    private static OpenPGPCertificate read(AuthorityCertificate certificate) {
        try {
            return new OpenPGPKeyReader().parseCertificate(certificate.packets().toArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
