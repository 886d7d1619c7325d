// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.Mutation;
import dev.chancery.certificates.CertifiedKeys;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.der.DerReader;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.signeddata.SignedData;
import dev.chancery.signeddata.SignerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CmsSigningTest {
    @ParameterizedTest
    @EnumSource
    void everyAlgorithmIsReadBack(KeyAlgorithm algorithm) {
        var key = Sample.key(algorithm);
        var signature = Sample.sign(key);
        assertTrue(Sample.VERIFYING.isBy(key.key(), signature, Sample.CONTENT));
        assertFalse(Sample.VERIFYING.isBy(key.key(), signature, Sample.OTHER_CONTENT));
        assertFalse(Sample.VERIFYING.isBy(Sample.key(KeyAlgorithm.ECDSA_P256).key(), signature, Sample.CONTENT));
        assertEquals(
                new Verdict.Good(Sample.QA, key.key().id(), Optional.of(Sample.NOW)),
                Sample.verdict(Sample.keyring(key), signature.bytes()));
        assertEquals(
                Reason.UNKNOWN_KEY, Sample.reason(Sample.keyring(Sample.key(KeyAlgorithm.ED25519)), signature.bytes()));
        var claimed = Sample.keyring(key).read(signature.bytes()).getFirst();
        var bad = assertInstanceOf(Verdict.Bad.class, claimed.check(Sample.OTHER_CONTENT, Sample.NOW));
        assertEquals(Reason.OTHER_CONTENT, bad.reason());
        assertEquals(
                claimed.measures(),
                Sample.SIGNING.measures(key.key().publicKey().scheme(), signature.encoding(), Salt.NONE));
    }

    /// "A SET begins with 0x31, a certificate and a request with 0x30": what a key signs.
    @ParameterizedTest
    @EnumSource
    void attributesCertificatesAndRequestsBeginDifferently(KeyAlgorithm algorithm) {
        var key = Sample.key(algorithm);
        var info = SignerInfo.read(
                "test",
                DetachedSignature.read(Sample.sign(key).bytes()).signers().getFirst());
        assertEquals(0x31, info.signed().orElseThrow().toArray()[0]);
        var certificate = new DerReader("test", key.certificates().orElseThrow().first());
        byte[] tbs = certificate
                .within(DerReader.SEQUENCE)
                .element(DerReader.SEQUENCE)
                .toArray();
        assertEquals(0x30, tbs[0]);
        assertTrue(
                new DerReader("test", Bytes.of(tbs)).within(DerReader.SEQUENCE).nextIs(0xa0));
    }

    /// One bit changed anywhere: never a signature for the enclave, and for others never over other content or
    /// by another key.
    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "ED25519"})
    void noSingleBitOfAFileMayChange(KeyAlgorithm algorithm) {
        var key = Sample.key(algorithm);
        var keyring = Sample.keyring(key);
        var signature = Sample.sign(key);
        byte[] file = signature.bytes().toArray();
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            var other = new Signature(signature.format(), signature.encoding(), Bytes.of(changed));
            boolean inCertificate = isGood(keyring, changed);
            if (Sample.VERIFYING.isBy(key.key(), other, Sample.CONTENT)) {
                throw new AssertionError("bit " + bit);
            }
            if (inCertificate) {
                assertFalse(isSignerChanged(file, changed), "bit " + bit);
            }
        }
    }

    private static boolean isGood(dev.chancery.format.FormatKeyring keyring, byte[] file) {
        try {
            return Sample.verdict(keyring, Bytes.of(file)) instanceof Verdict.Good;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static boolean isSignerChanged(byte[] file, byte[] changed) {
        return !DetachedSignature.read(Bytes.of(file))
                .signers()
                .equals(DetachedSignature.read(Bytes.of(changed)).signers());
    }

    @Test
    void damageIsNeverAnythingButARefusal() {
        var key = Sample.key(KeyAlgorithm.ECDSA_P256);
        var keyring = Sample.keyring(key);
        byte[] file = Sample.sign(key).bytes().toArray();
        var mutation = new Mutation(7);
        for (int round = 0; round < Mutation.rounds(3_000); round++) {
            isGood(keyring, mutation.of(file));
        }
    }

    @Test
    void aKeyWithoutItsOwnCertificateSignsNothing() {
        var key = Sample.key(KeyAlgorithm.ECDSA_P256);
        var none = new Sample.Certified(key.memory(), Optional.empty());
        assertThrows(UnavailableException.class, () -> Sample.sign(none));
        var foreign = new Sample.Certified(
                key.memory(), Sample.key(KeyAlgorithm.ECDSA_P256).certificates());
        var refusal = assertThrows(RefusedException.class, () -> Sample.sign(foreign));
        assertEquals("key-certificate", refusal.rule());
    }

    @Test
    void aKeySignsWithinTheValidityOfItsCertificateOnly() {
        Instant end = Sample.NOW.plus(Duration.ofDays(30));
        var memory = Sample.key(KeyAlgorithm.ECDSA_P256).memory();
        var key = Sample.certified(memory.valid(memory.key().created(), Optional.of(end)));
        Sample.sign(key, memory.key().created());
        Sample.sign(key, end);
        assertThrows(RefusedException.class, () -> Sample.sign(key, end.plusSeconds(1)));
        assertThrows(
                RefusedException.class,
                () -> Sample.sign(key, memory.key().created().minusSeconds(1)));
    }

    /// "It is a claim until checked": the time lies in the certificate's validity, and not in the future.
    @Test
    void theTimeOfASignatureIsJudged() {
        Instant end = Sample.NOW.plus(Duration.ofDays(30));
        var memory = Sample.key(KeyAlgorithm.ECDSA_P256).memory();
        var key = Sample.certified(memory.valid(memory.key().created(), Optional.of(end)));
        var forever = Sample.certified(memory);
        var file = Sample.sign(forever, end.plusSeconds(1)).bytes();
        var late = end.plus(Duration.ofDays(1_000));
        assertInstanceOf(
                Verdict.Good.class,
                Sample.verdicts(Sample.keyring(key), Sample.sign(key, end).bytes(), late)
                        .getFirst());
        assertEquals(
                Reason.EXPIRED,
                reason(Sample.verdicts(Sample.keyring(key), file, late).getFirst()));
        Instant before = end.plusSeconds(1).minus(CertifiedKeys.CLOCK_SKEW_MAX);
        assertInstanceOf(
                Verdict.Good.class,
                Sample.verdicts(Sample.keyring(forever), file, before).getFirst());
        assertEquals(
                Reason.NOT_YET_VALID,
                reason(Sample.verdicts(Sample.keyring(forever), file, before.minusSeconds(1))
                        .getFirst()));
    }

    private static Reason reason(Verdict verdict) {
        return assertInstanceOf(Verdict.Bad.class, verdict).reason();
    }

    @Test
    void theEngineHandsOutItsOwnProfileAndNothingBesides() {
        var key = Sample.key(KeyAlgorithm.ECDSA_P256);
        var forge = new Forge(key);
        var keyring = Sample.keyring(key);
        assertInstanceOf(Verdict.Good.class, Sample.verdict(keyring, forge.bytes()));
        assertFalse(isBy(key, forge.bytes()), "fewer attributes");
        var all = Sample.sign(key).bytes();
        assertTrue(isBy(key, all));
        var joined = new CmsJoining().join(all, Sample.sign(other("release")), false);
        assertFalse(isBy(key, joined), "two signers");
        assertFalse(isBy(key, Bytes.of(java.util.Arrays.copyOf(all.toArray(), all.length() + 1))));
    }

    private static boolean isBy(Sample.Certified key, Bytes file) {
        var mine = Sample.sign(key);
        return Sample.VERIFYING.isBy(key.key(), new Signature(mine.format(), mine.encoding(), file), Sample.CONTENT);
    }

    private static Sample.Certified other(String authority) {
        return Sample.key(KeyAlgorithm.ED25519, new Authority(authority));
    }

    @Test
    void joinedSignersCountEachAndStayByteForByte() {
        var qa = Sample.key(KeyAlgorithm.ECDSA_P256);
        var release = other("release");
        var one = Sample.sign(qa).bytes();
        var joined = new CmsJoining().join(one, Sample.sign(release), false);
        var verdicts = Sample.verdicts(Sample.keyring(qa, release), joined, Sample.NOW);
        assertEquals(2, verdicts.stream().filter(Verdict.Good.class::isInstance).count());
        var before = DetachedSignature.read(one);
        var after = DetachedSignature.read(joined);
        assertTrue(after.signers().containsAll(before.signers()));
        assertTrue(after.certificates().containsAll(before.certificates()));
        var stranger = Sample.verdicts(Sample.keyring(qa), joined, Sample.NOW);
        assertEquals(1, stranger.stream().filter(Verdict.Good.class::isInstance).count());
    }

    @Test
    void oneKeySignsAFileOnceUnlessItIsReplaced() {
        var qa = Sample.key(KeyAlgorithm.ECDSA_P256);
        var file = new CmsJoining().join(Sample.sign(other("release")).bytes(), Sample.sign(qa), false);
        var again = Sample.sign(qa, Sample.NOW.plusSeconds(9));
        var refusal = assertThrows(RefusedException.class, () -> new CmsJoining().join(file, again, false));
        assertEquals("signer-exists", refusal.rule());
        var replaced = DetachedSignature.read(new CmsJoining().join(file, again, true));
        assertEquals(2, replaced.signers().size());
        assertTrue(replaced.signers()
                .containsAll(DetachedSignature.read(again.bytes()).signers()));
    }

    @Test
    void signaturesOverOtherContentAreNotJoined() {
        var qa = Sample.key(KeyAlgorithm.ECDSA_P256);
        var other = new Forge(Sample.key(KeyAlgorithm.ECDSA_P256, new Authority("release")))
                .attributes(Forge.contentType(SignedData.DATA), Forge.messageDigest(new byte[32]));
        var fault = assertThrows(
                MalformedException.class, () -> new CmsJoining().join(other.bytes(), Sample.sign(qa), false));
        assertTrue(fault.sentence().contains("other content"), fault.sentence());
    }

    @Test
    void aFileTakesSoManySigners() {
        var most = SignedData.SIGNERS_MAX;
        var file = Sample.sign(Sample.key(KeyAlgorithm.ECDSA_P256)).bytes();
        for (int i = 1; i < most; i++) {
            file = new CmsJoining().join(file, Sample.sign(Sample.key(KeyAlgorithm.ECDSA_P256)), false);
        }
        var full = file;
        assertEquals(most, DetachedSignature.read(full).signers().size());
        var next = Sample.sign(Sample.key(KeyAlgorithm.ECDSA_P256));
        var fault = assertThrows(MalformedException.class, () -> new CmsJoining().join(full, next, false));
        assertTrue(fault.sentence().contains("takes no more"), fault.sentence());
        var signers = DetachedSignature.read(full).signers();
        var forge = new Forge(Sample.key(KeyAlgorithm.ECDSA_P256));
        var more = new java.util.ArrayList<>(List.of(forge.signer()));
        signers.forEach(signer -> more.add(signer.toArray()));
        var tooMany = Bytes.of(forge.file(more.toArray(byte[][]::new)));
        var tooManyFault = assertThrows(MalformedException.class, () -> DetachedSignature.read(tooMany));
        assertTrue(tooManyFault.sentence().contains("more than " + most), tooManyFault.sentence());
    }

    @Test
    void twoKeysAreTwoOwners() {
        var qa = Sample.key(KeyAlgorithm.ECDSA_P256);
        assertEquals(Set.of(qa.key().id()), Sample.keyring(qa).owners().keySet());
        var file = Sample.publish(qa);
        var files = java.util.Map.of(Sample.QA, file, new Authority("release"), file);
        assertThrows(MalformedException.class, () -> Sample.VERIFYING.keyring(files));
    }
}
