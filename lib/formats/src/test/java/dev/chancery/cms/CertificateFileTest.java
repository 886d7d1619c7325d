// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.certificates.CertificateFile;
import dev.chancery.certificates.Certifying;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.der.DerReader;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.Certificates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateFileTest {
    private static final MemoryKey ROOT_KEY = Certificates.key();
    private static final MemoryKey LEAF_KEY = Certificates.key();
    private static final Bytes ROOT = Certificates.by(ROOT_KEY, "root")
            .constraints(Certificates.CA)
            .usage(Certificates.CERT_SIGN)
            .of(ROOT_KEY, "root");
    private static final Bytes LEAF = leaf().of(LEAF_KEY, "leaf");

    private static Certificates leaf() {
        return Certificates.by(ROOT_KEY, "root")
                .constraints(Certificates.NOT_CA)
                .usage(Certificates.DIGITAL_SIGNATURE);
    }

    private static Bytes pem(Bytes... certificates) {
        return new CertificateChain(List.of(certificates)).toPem();
    }

    private static List<dev.chancery.key.PublicKey> keys(Bytes... certificates) {
        return CertificateFile.read(Sample.CMS, Sample.QA, pem(certificates)).stream()
                .map(CertificateFile.Owned::key)
                .toList();
    }

    private static void assertMalformed(String words, Bytes... certificates) {
        var file = pem(certificates);
        var fault = assertThrows(MalformedException.class, () -> CertificateFile.read(Sample.CMS, Sample.QA, file));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    /// "What is trusted is the key of the authority's own certificate, and nothing that issued it."
    @Test
    void theIssuerOfACertificateIsNoSigner() {
        var leaf = LEAF_KEY.key().publicKey();
        assertEquals(List.of(leaf), keys(LEAF));
        assertEquals(List.of(leaf), keys(LEAF, ROOT));
        var keyring = Sample.keyring(pem(LEAF, ROOT));
        var byRoot = new Sample.Certified(ROOT_KEY, Optional.of(new CertificateChain(List.of(ROOT))));
        assertFalse(Sample.verdict(keyring, new Forge(byRoot).bytes()) instanceof Verdict.Good);
        var sibling = Certificates.key();
        var issued = Optional.of(new CertificateChain(List.of(leaf().of(sibling, "leaf"))));
        var bySibling = new Forge(new Sample.Certified(sibling, issued));
        assertFalse(Sample.verdict(keyring, bySibling.bytes()) instanceof Verdict.Good);
        var byLeaf = new Sample.Certified(LEAF_KEY, Optional.of(new CertificateChain(List.of(LEAF, ROOT))));
        assertInstanceOf(
                Verdict.Good.class, Sample.verdict(keyring, Sample.sign(byLeaf).bytes()));
        var carried = DetachedSignature.read(Sample.sign(byLeaf).bytes()).certificates();
        assertEquals(List.of(LEAF), carried, "the root does not travel");
    }

    @Test
    void severalOfOneAuthorityMayStandInAFile() {
        var other = Certificates.key();
        var second = leaf().of(other, "second");
        assertEquals(List.of(LEAF_KEY.key().publicKey(), other.key().publicKey()), keys(LEAF, ROOT, second));
        assertEquals(pem(LEAF, second), CertificateFile.forStock(Sample.CMS, Sample.QA, pem(LEAF, ROOT, second)));
    }

    @Test
    void aCertificateAuthorityIsNobodysSigner() {
        assertMalformed("comes first", ROOT, LEAF);
        var alone =
                Certificates.by(ROOT_KEY, "root").constraints(Certificates.CA).of(ROOT_KEY, "root");
        assertEquals(List.of(ROOT_KEY.key().publicKey()), keys(alone), "openssl req -x509");
        assertMalformed("does not permit", ROOT);
        var intermediate =
                Certificates.by(ROOT_KEY, "root").constraints(Certificates.CA).of(LEAF_KEY, "sub");
        assertMalformed("comes first", intermediate);
        assertMalformed("did not issue the one before", LEAF, intermediate);
        var old = Certificates.by(ROOT_KEY, "root").of(ROOT_KEY, "root");
        assertMalformed("issued another one", LEAF, old);
        assertMalformed("issued another one", old, LEAF);
    }

    @Test
    void ownCertificatesAreForSignatures() {
        assertMalformed(
                "does not permit",
                Certificates.by(ROOT_KEY, "root")
                        .usage(Certificates.KEY_ENCIPHERMENT)
                        .of(LEAF_KEY, "leaf"));
        assertMalformed(
                "not known here",
                leaf().extension("1.2.3.4", true, new byte[] {5, 0}).of(LEAF_KEY, "leaf"));
        assertEquals(
                1,
                keys(leaf().extension("1.2.3.4", false, new byte[] {5, 0}).of(LEAF_KEY, "leaf"))
                        .size());
        assertMalformed("twice", leaf().constraints(Certificates.NOT_CA).of(LEAF_KEY, "leaf"));
    }

    @Test
    void whatIsNoCertificateIsMalformed() {
        byte[] der = LEAF.toArray();
        assertMalformed("are left", Bytes.of(Arrays.copyOf(der, der.length - 1)));
        assertMalformed("behind its end", Bytes.of(Arrays.copyOf(der, der.length + 1)));
        var text = Bytes.of("-----BEGIN PUBLIC KEY-----\n".getBytes(StandardCharsets.US_ASCII));
        assertThrows(MalformedException.class, () -> CertificateFile.read(Sample.CMS, Sample.QA, text));
    }

    @Test
    void anIssuedChainIsPutInOrderAndChecked() {
        var issued = Sample.CERTIFYING.issued(LEAF_KEY.key(), pem(ROOT, LEAF), Sample.NOW);
        assertEquals(List.of(LEAF, ROOT), issued.certificates());
        assertRefused("no certificate of the authority", LEAF);
        assertRefused("0 certificates of the file are of key", ROOT);
        assertRefused("2 certificates", LEAF, leaf().of(LEAF_KEY, "again"), ROOT);
        var impostor = Certificates.key();
        var other =
                Certificates.by(impostor, "root").constraints(Certificates.CA).of(impostor, "root");
        assertRefused("no certificate of the file is of the authority", LEAF, other);
        assertRefused("is not of an issuer", LEAF, ROOT, other);
        var noAuthority = Certificates.by(ROOT_KEY, "root")
                .constraints(Certificates.NOT_CA)
                .of(ROOT_KEY, "root");
        assertRefused("no certificate of the file is of the authority", LEAF, noAuthority);
    }

    private static void assertRefused(String words, Bytes... certificates) {
        var file = pem(certificates);
        var refusal =
                assertThrows(RefusedException.class, () -> Sample.CERTIFYING.issued(LEAF_KEY.key(), file, Sample.NOW));
        assertEquals("key-certificate", refusal.rule());
        assertTrue(refusal.sentence().contains(words), refusal.sentence());
    }

    @Test
    void whatIsIssuedIsValidAndForSignatures() {
        assertRefused(
                "is valid from",
                leaf().valid(Instant.EPOCH, Sample.NOW.minusSeconds(1)).of(LEAF_KEY, "l"),
                ROOT);
        assertRefused(
                "is valid from",
                leaf().valid(Sample.NOW.plusSeconds(1), Sample.NOW.plus(Duration.ofDays(9)))
                        .of(LEAF_KEY, "l"),
                ROOT);
        var encipherment = Certificates.by(ROOT_KEY, "root").usage(Certificates.KEY_ENCIPHERMENT);
        assertRefused("not for digital signatures", encipherment.of(LEAF_KEY, "l"), ROOT);
        var authority = Certificates.by(ROOT_KEY, "root").constraints(Certificates.CA);
        assertRefused("of a certificate authority", authority.of(LEAF_KEY, "l"), ROOT);
        assertRefused(
                "not known here",
                leaf().extension("1.2.3.4", true, new byte[] {5, 0}).of(LEAF_KEY, "l"),
                ROOT);
    }

    /// "Old certificates stay, for what was signed while they were valid."
    @Test
    void aNewCertificateLeavesOldSignaturesGood() {
        var own = Sample.certified(LEAF_KEY);
        var before = Sample.sign(own, LEAF_KEY.key().created()).bytes();
        Instant from = Sample.NOW.minusSeconds(1);
        var certificate = leaf().valid(from, from.plus(Duration.ofDays(9))).of(LEAF_KEY, "leaf");
        var chain = Sample.CERTIFYING.issued(LEAF_KEY.key(), pem(certificate, ROOT), Sample.NOW);
        var file = Sample.CERTIFYING.publish(Sample.publish(own), chain);
        assertEquals(
                List.of(certificate, ROOT),
                CertificateChain.parse(file).certificates().subList(0, 2));
        var keyring = Sample.keyring(file);
        assertInstanceOf(Verdict.Good.class, Sample.verdict(keyring, before));
        var after = Sample.sign(new Sample.Certified(LEAF_KEY, Optional.of(chain)));
        assertInstanceOf(Verdict.Good.class, Sample.verdict(keyring, after.bytes()));
        assertTrue(Sample.VERIFYING.isBy(LEAF_KEY.key(), after, Sample.CONTENT));
        assertEquals(file, Sample.CERTIFYING.publish(file, chain), "again is the same");
        var alone = Sample.keyring(pem(certificate));
        assertEquals(Reason.UNFIT_KEY, Sample.reason(alone, before), "not certified then");
    }

    @Test
    void aSelfSignedCertificateIsWhatThePackageSays() {
        for (var algorithm : KeyAlgorithm.values()) {
            var key = Sample.key(algorithm);
            var certificate = Certificate.read(key.certificates().orElseThrow().first());
            assertTrue(certificate.isSelfIssued() && certificate.isSignedBy(certificate, Sample.CHECKS));
            assertTrue(certificate.maySignDigitally() && !certificate.isOfAuthority());
            assertEquals(key.key().created(), certificate.notBefore());
            assertEquals(Instant.parse("9999-12-31T23:59:59Z"), certificate.notAfter());
            assertEquals(127, certificate.serial().bitLength());
        }
    }

    @Test
    void aRequestIsSignedByTheKeyAndNamesItsSubject() {
        for (var algorithm : KeyAlgorithm.values()) {
            var key = Sample.key(algorithm);
            String pem = new String(
                    Sample.CERTIFYING.request(key, "CN=qa,O=Example Ltd").toArray(), StandardCharsets.US_ASCII);
            String base64 = pem.replaceAll("-----[A-Z ]+-----|\n", "");
            var request = new DerReader(
                            "request", Bytes.of(java.util.Base64.getDecoder().decode(base64)))
                    .within(DerReader.SEQUENCE);
            var info = request.element(DerReader.SEQUENCE);
            Algorithms.Identifier.read(request);
            var value = new dev.chancery.key.SignatureValue(request.bits());
            var scheme = key.key().publicKey().scheme();
            var toBeSigned = Algorithms.toBeSigned(scheme, Algorithms.digestFor(scheme), info);
            assertTrue(Sample.CHECKS.holds(key.key().publicKey(), toBeSigned, value));
            var fields = new DerReader("request", info).within(DerReader.SEQUENCE);
            assertEquals(0, fields.smallInteger(), "an INTEGER first, where a certificate has its tag 0xa0");
        }
        var key = Sample.key(KeyAlgorithm.ED25519);
        for (String subject : List.of("", "qa", "CN", "X=1", "CN=" + "x".repeat(Certifying.SUBJECT_CHARACTERS_MAX))) {
            assertThrows(MalformedException.class, () -> Sample.CERTIFYING.request(key, subject), subject);
        }
    }
}
