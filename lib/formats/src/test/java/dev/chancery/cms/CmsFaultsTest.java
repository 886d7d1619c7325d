// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.der.DerWriter;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.Certificates;
import dev.chancery.signeddata.SignedData;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// One fault each, in a file whose signature is right in all other respects: the key signs what it is given.
class CmsFaultsTest {
    private static final Sample.Certified KEY = Sample.key(KeyAlgorithm.ECDSA_P256);
    private static final byte[] DIGEST_SHA1 = DerWriter.sequence(DerWriter.oid("1.3.14.3.2.26"));

    private static Forge forge(Consumer<Forge> fault) {
        var forge = new Forge(KEY);
        fault.accept(forge);
        return forge;
    }

    private static void assertReason(Reason reason, String words, Consumer<Forge> fault) {
        var bad = Sample.bad(Sample.keyring(KEY), forge(fault).bytes());
        assertEquals(reason, bad.reason(), bad.sentence());
        assertTrue(bad.sentence().contains(words), bad.sentence());
    }

    private static void assertMalformedFile(String words, Consumer<Forge> fault) {
        assertMalformedFile(words, forge(fault).bytes());
    }

    private static void assertMalformedFile(String words, Bytes file) {
        var keyring = Sample.keyring(KEY);
        var fault = assertThrows(MalformedException.class, () -> keyring.read(file));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    private static void assertGood(Consumer<Forge> choice) {
        assertInstanceOf(
                Verdict.Good.class,
                Sample.verdict(Sample.keyring(KEY), forge(choice).bytes()));
    }

    @Test
    void withoutAFaultItCounts() {
        assertGood(forge -> {});
        assertGood(forge -> forge.version = 3);
        assertGood(forge -> forge.with(Forge.attribute("1.2.840.113549.1.9.15", DerWriter.sequence())));
        assertGood(forge -> forge.unsigned =
                DerWriter.element(0xa1, Forge.attribute("1.2.3.4", DerWriter.nothing(), DerWriter.nothing())));
        assertGood(forge -> {
            forge.signerVersion = 3;
            forge.identifier = DerWriter.element(0x80, keyIdentifier());
        });
        assertGood(forge -> forge.digestAlgorithm =
                DerWriter.sequence(DerWriter.oid("2.16.840.1.101.3.4.2.1"), DerWriter.nothing()));
    }

    private static byte[] keyIdentifier() {
        return Certificate.read(KEY.certificates().orElseThrow().first())
                .keyIdentifier()
                .orElseThrow()
                .toArray();
    }

    /// "The known confusion": without signed attributes a signature over somebody's attributes as content would
    /// do.
    @Test
    void signedAttributesHaveToBeThere() {
        assertReason(Reason.UNSUPPORTED, "no signed attributes", forge -> forge.attributes = Optional.empty());
        assertReason(Reason.MALFORMED, "empty set", Forge::attributes);
    }

    @Test
    void attributesAreInTheOrderOfDerAndEachOnce() {
        assertReason(Reason.MALFORMED, "order of DER", forge -> {
            forge.attributes(Forge.messageDigest(), Forge.contentType(SignedData.DATA));
            forge.sorted = false;
        });
        assertReason(Reason.MALFORMED, "twice", forge -> forge.with(Forge.messageDigest(new byte[32])));
        assertReason(Reason.MALFORMED, "twice", forge -> forge.with(Forge.attribute(Attributes.CONTENT_TYPE)));
        assertReason(Reason.MALFORMED, "more than", forge -> {
            for (int i = 0; i < Attributes.ATTRIBUTES_MAX; i++) {
                forge.with(Forge.attribute("1.2.3." + i, DerWriter.nothing()));
            }
        });
        assertGood(forge -> {
            for (int i = 0; i < Attributes.ATTRIBUTES_MAX - 2; i++) {
                forge.with(Forge.attribute("1.2.3." + i, DerWriter.nothing()));
            }
        });
    }

    @Test
    void attributesThatMatterHaveOneValue() {
        byte[] type = DerWriter.oid(SignedData.DATA);
        assertReason(
                Reason.MALFORMED,
                "2 values",
                forge -> forge.attributes(Forge.attribute(Attributes.CONTENT_TYPE, type, type), Forge.messageDigest()));
        assertReason(
                Reason.MALFORMED,
                "0 values",
                forge -> forge.attributes(
                        Forge.contentType(SignedData.DATA), Forge.attribute(Attributes.MESSAGE_DIGEST)));
        assertReason(Reason.MALFORMED, "no signed attribute", forge -> forge.attributes(Forge.messageDigest()));
        assertReason(
                Reason.MALFORMED, "no signed attribute", forge -> forge.attributes(Forge.contentType(SignedData.DATA)));
        byte[] time = DerWriter.time(Sample.NOW);
        assertReason(
                Reason.MALFORMED,
                "2 values",
                forge -> forge.with(Forge.attribute(Attributes.SIGNING_TIME, time, time)));
        assertReason(
                Reason.MALFORMED,
                "whole seconds",
                forge -> forge.with(Forge.attribute(
                        Attributes.SIGNING_TIME,
                        DerWriter.element(
                                0x18, "20260201000000.5Z".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))));
    }

    @Test
    void contentTypeAndDigestAreThoseOfTheContent() {
        assertReason(
                Reason.UNSUPPORTED,
                "content of type",
                forge -> forge.attributes(Forge.contentType("1.2.840.113549.1.9.16.1.4"), Forge.messageDigest()));
        assertReason(
                Reason.OTHER_CONTENT,
                "another digest",
                forge -> forge.attributes(Forge.contentType(SignedData.DATA), Forge.messageDigest(new byte[32])));
        assertReason(
                Reason.MALFORMED,
                "31 bytes",
                forge -> forge.attributes(Forge.contentType(SignedData.DATA), Forge.messageDigest(new byte[31])));
    }

    @Test
    void algorithmsBelongTogether() {
        assertReason(Reason.UNSUPPORTED, "too weak", forge -> forge.digestAlgorithm = DIGEST_SHA1);
        byte[] sha384 = Algorithms.writeDigest(DigestAlgorithm.SHA384);
        assertReason(Reason.UNSUPPORTED, "does not fit", forge -> forge.digestAlgorithm = sha384);
        assertReason(
                Reason.UNSUPPORTED,
                "does not fit",
                forge -> forge.signatureAlgorithm = DerWriter.sequence(DerWriter.oid("1.2.840.10045.4.3.3")));
        assertReason(
                Reason.UNSUPPORTED,
                "does not fit",
                forge -> forge.signatureAlgorithm =
                        DerWriter.sequence(DerWriter.oid("1.2.840.10045.4.3.2"), DerWriter.nothing()));
        assertReason(
                Reason.UNSUPPORTED,
                "does not fit",
                forge -> forge.signatureAlgorithm =
                        DerWriter.sequence(DerWriter.oid("1.2.840.113549.1.1.10"), DerWriter.sequence()));
    }

    @Test
    void theSignerNamesACertificateOfTheKeyring() {
        assertReason(
                Reason.UNKNOWN_KEY,
                "no cms key",
                forge -> forge.identifier = DerWriter.sequence(DerWriter.sequence(), DerWriter.integer(5)));
        assertReason(Reason.MALFORMED, "version 3", forge -> forge.signerVersion = 3);
        assertReason(
                Reason.MALFORMED, "version 1", forge -> forge.identifier = DerWriter.element(0x80, keyIdentifier()));
        byte[] id = DerWriter.sequence(DerWriter.octetString(new byte[32]));
        assertReason(
                Reason.UNFIT_KEY,
                "another certificate",
                forge -> forge.with(Forge.attribute(
                        Attributes.SIGNING_CERTIFICATE_V2, DerWriter.sequence(DerWriter.sequence(id)))));
    }

    /// Names are anybody's choice: another authority's certificate with the same issuer and number disturbs
    /// nobody.
    @Test
    void aCertificateOfTheSameNameDisturbsNobody() {
        var memory = Sample.key(KeyAlgorithm.ECDSA_P256).memory();
        var twin = new Sample.Certified(
                dev.chancery.algorithms.MemoryKey.Pair.of(KeyAlgorithm.ECDSA_P256)
                        .bound(new Authority("a"), Sample.CMS, dev.chancery.key.KeyPurpose.SIGN),
                Sample.certified(memory).certificates());
        var mine = Certificate.read(KEY.certificates().orElseThrow().first());
        byte[] forged = Certificates.withNames(twin.memory(), mine);
        var both = Sample.VERIFYING.keyring(java.util.Map.of(
                new Authority("a"),
                new dev.chancery.key.CertificateChain(java.util.List.of(Bytes.of(forged))).toPem(),
                Sample.QA,
                Sample.publish(KEY)));
        assertInstanceOf(
                Verdict.Good.class, Sample.verdict(both, Sample.sign(KEY).bytes()));
    }

    @Test
    void aFileIsDetachedSignedDataInDer() {
        assertMalformedFile("content in it", forge -> forge.content = Optional.of(new byte[0]));
        assertMalformedFile("not plain data", forge -> forge.contentType = "1.2.840.113549.1.9.16.1.4");
        assertMalformedFile("version 2", forge -> forge.version = 2);
        assertMalformedFile("no signer", Bytes.of(new Forge(KEY).file(new byte[0])));
        byte[] file = new Forge(KEY).file();
        assertMalformedFile("behind its end", Bytes.of(Arrays.copyOf(file, file.length + 1)));
        assertMalformedFile("are left", Bytes.of(Arrays.copyOf(file, file.length - 1)));
        assertMalformedFile("ends early", Bytes.of(new byte[0]));
        assertMalformedFile(
                "outform DER", Bytes.of("-----BEGIN CMS-----\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertMalformedFile(
                "not signed data",
                Bytes.of(DerWriter.sequence(DerWriter.oid("1.2.840.113549.1.7.3"), DerWriter.element(0xa0))));
    }

    @Test
    void lengthsAreDefiniteAndMinimal() {
        byte[] file = new Forge(KEY).file();
        byte[] body = Arrays.copyOfRange(file, 4, file.length);
        byte[] indefinite = DerWriter.element(0x30, body, new byte[2]);
        byte[] ber = new byte[body.length + 4];
        ber[0] = 0x30;
        ber[1] = (byte) 0x80;
        System.arraycopy(body, 0, ber, 2, body.length);
        assertMalformedFile("indefinite", Bytes.of(ber));
        assertMalformedFile("behind its end", Bytes.of(indefinite).length() > 0 ? Bytes.of(indefinite) : Bytes.of(ber));
        byte[] padded = new byte[body.length + 5];
        padded[0] = 0x30;
        padded[1] = (byte) 0x83;
        padded[3] = (byte) (body.length >> 8);
        padded[4] = (byte) body.length;
        System.arraycopy(body, 0, padded, 5, body.length);
        assertMalformedFile("shortest form", Bytes.of(padded));
    }

    @Test
    void certificatesInAFileAreLimited() {
        byte[] one = KEY.certificates().orElseThrow().first().toArray();
        assertGood(forge -> {
            while (forge.certificates.size() < SignedData.CERTIFICATES_MAX) {
                forge.certificates.add(one);
            }
        });
        assertMalformedFile("more than 200", forge -> {
            while (forge.certificates.size() <= SignedData.CERTIFICATES_MAX) {
                forge.certificates.add(one);
            }
        });
    }

    /// A signer that cannot be read takes none of the others with it.
    @Test
    void oneBadSignerSpoilsNoOther() {
        var good = new Forge(KEY);
        var bad = forge(forge -> forge.signerVersion = 3);
        var verdicts =
                Sample.verdicts(Sample.keyring(KEY), Bytes.of(good.file(bad.signer(), good.signer())), Sample.NOW);
        assertEquals(
                Reason.MALFORMED,
                assertInstanceOf(Verdict.Bad.class, verdicts.get(0)).reason());
        assertInstanceOf(Verdict.Good.class, verdicts.get(1));
    }
}
