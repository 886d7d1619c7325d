// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import static dev.chancery.notation.Sample.CERTIFYING;
import static dev.chancery.notation.Sample.CONTENT;
import static dev.chancery.notation.Sample.NOTATION;
import static dev.chancery.notation.Sample.NOW;
import static dev.chancery.notation.Sample.QA;
import static dev.chancery.notation.Sample.key;
import static dev.chancery.notation.Sample.keyring;
import static dev.chancery.notation.Sample.sign;
import static dev.chancery.notation.Sample.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.certificates.CertificateFile;
import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.format.Verdict;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.signeddata.Certificates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The certificates of keys: what `notation` will demand of them.
class NotationCertificatesTest {
    private static final Sample.Certified KEY = key(KeyAlgorithm.ECDSA_P256);

    @Test
    void theKeysCertificateHasToBeValidAndItsOwn() {
        var late = NOW.plus(Duration.ofDays(100 * 366));
        var other = Certificates.by(KEY.memory(), "qa")
                .of(key(KeyAlgorithm.ECDSA_P256).memory(), "qa");
        assertThrows(RefusedException.class, () -> sign(CONTENT, NOW, KEY.with(other)));
        var bare = new Sample.Certified(KEY.memory(), Optional.empty());
        assertThrows(UnavailableException.class, () -> sign(CONTENT, NOW, bare));
        var ended = KEY.with(Certificates.by(KEY.memory(), "qa").of(KEY.memory(), "qa"));
        sign(CONTENT, NOW, ended);
        assertThrows(RefusedException.class, () -> sign(CONTENT, late, ended));
    }

    /// "Certificate chain must end with a valid self-signed root certificate": what `notation verify` says.
    @Test
    void certificatesAreThereUpToTheRoot() {
        var root = key(KeyAlgorithm.ECDSA_P384).memory();
        var leaf = Certificates.by(root, "root")
                .usage(Certificates.DIGITAL_SIGNATURE)
                .of(KEY.memory(), "qa");
        assertThrows(UnavailableException.class, () -> sign(CONTENT, NOW, KEY.with(leaf)));
        var own = Certificates.by(root, "root")
                .constraints(Certificates.CA)
                .usage(Certificates.CERT_SIGN)
                .of(root, "root");
        var whole = KEY.with(leaf, own);
        assertEquals(
                List.of(leaf, own),
                Jws.read(sign(CONTENT, NOW, whole).bytes()).certificates().certificates());
        assertEquals(
                new CertificateChain(List.of(own)).toPem(),
                CertificateFile.anchors(NOTATION, QA, new CertificateChain(List.of(leaf, own)).toPem()));
        assertInstanceOf(
                Verdict.Good.class,
                verdict(keyring(whole), sign(CONTENT, NOW, whole).bytes(), CONTENT, NOW));
    }

    /// What `notation verify` would refuse each signature for is not taken from a certificate authority.
    @Test
    void aCertificateIsForCodeAlone() {
        var root = key(KeyAlgorithm.ECDSA_P256).memory();
        var own = Certificates.by(root, "root")
                .constraints(Certificates.CA)
                .usage(Certificates.CERT_SIGN)
                .of(root, "root");
        byte[] code = {0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 3};
        byte[] mail = {0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 4};
        assertIssued(leaf(root).usage(Certificates.DIGITAL_SIGNATURE), own);
        assertIssued(leaf(root).usage(Certificates.DIGITAL_SIGNATURE).extension("2.5.29.37", false, code), own);
        assertRefused(
                "for digital signatures alone",
                leaf(root).usage(Certificates.DIGITAL_SIGNATURE).extension("2.5.29.37", false, mail),
                own);
        assertRefused("for digital signatures alone", leaf(root), own);
        assertRefused(
                "for digital signatures alone",
                leaf(root).extension("2.5.29.15", false, Certificates.DIGITAL_SIGNATURE.toArray()),
                own);
        assertRefused(
                "has no critical key usage",
                leaf(root).usage(Certificates.DIGITAL_SIGNATURE),
                Certificates.by(root, "root").constraints(Certificates.CA).of(root, "root"));
        var between = Certificates.by(root, "root")
                .constraints(Certificates.CA)
                .usage(Certificates.CERT_SIGN)
                .of(root, "between");
        assertRefused(
                "no certificate of the authority that issued",
                Certificates.by(root, "between").usage(Certificates.DIGITAL_SIGNATURE),
                between);
    }

    private static Certificates leaf(MemoryKey root) {
        return Certificates.by(root, "root");
    }

    private static void assertIssued(Certificates leaf, Bytes root) {
        var file = new CertificateChain(List.of(root, leaf.of(KEY.memory(), "qa"))).toPem();
        assertEquals(2, CERTIFYING.issued(KEY.key(), file, NOW).certificates().size());
    }

    private static void assertRefused(String words, Certificates leaf, Bytes root) {
        var file = new CertificateChain(List.of(root, leaf.of(KEY.memory(), "qa"))).toPem();
        var refused = assertThrows(RefusedException.class, () -> CERTIFYING.issued(KEY.key(), file, NOW));
        assertTrue(refused.sentence().contains(words), refused.sentence());
    }
}
