// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.format.Timestamp;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificates;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// One fault each, in a token that is right in all other respects.
class TimestampTokenTest {
    private static final SignatureValue VALUE = SignatureValue.of(new byte[] {1, 2, 3});
    private static final SignatureChecks CHECKS = new SignatureChecks();

    private static Timestamp.Proven proven(TokenForge forge) {
        return proven(forge, TokenForge.TIME);
    }

    private static Timestamp.Proven proven(TokenForge forge, Instant now) {
        return TimestampServices.of(forge.trust(), CHECKS).prove(TimestampToken.read(forge.der()), VALUE, now);
    }

    private static TokenForge forge(Consumer<TokenForge> choice) {
        var forge = TokenForge.over(VALUE);
        choice.accept(forge);
        return forge;
    }

    private static void assertProven(String time, Consumer<TokenForge> choice) {
        assertEquals(new Timestamp.Proven(Instant.parse(time), "CN=service"), proven(forge(choice)));
    }

    private static void assertFault(
            Class<? extends ChanceryException> error, String words, Consumer<TokenForge> fault) {
        var forge = forge(fault);
        var thrown = assertThrows(error, () -> proven(forge));
        assertTrue(thrown.sentence().contains(words), thrown.sentence());
    }

    private static void assertMalformed(String words, Consumer<TokenForge> fault) {
        assertFault(MalformedException.class, words, fault);
    }

    private static void assertRefused(String words, Consumer<TokenForge> fault) {
        assertFault(RefusedException.class, words, fault);
    }

    @Test
    void withoutAFaultItProvesItsTime() {
        String time = "2026-02-01T00:00:00Z";
        assertProven(time, forge -> {});
        assertProven(time, forge -> forge.imprint = TokenForge.imprint(DigestAlgorithm.SHA384, VALUE));
        assertProven(time, forge -> forge.imprint = TokenForge.imprint(DigestAlgorithm.SHA512, VALUE));
        assertProven(time, forge -> forge.certificates.clear());
        assertProven(time, forge -> forge.certificateId = forge.certificateId(Attributes.SIGNING_CERTIFICATE, "SHA-1"));
        assertProven(time, forge -> forge.optional = TokenForge.extension(false));
        assertProven(time, forge -> forge.optional = everything());
        assertProven("2026-01-31T23:59:59.250Z", forge -> forge.time = "20260131235959.25Z");
    }

    private static byte[] everything() {
        byte[] all = DerWriter.sequence(
                DerWriter.sequence(DerWriter.integer(1)),
                DerWriter.isTrue(),
                DerWriter.integer(99),
                DerWriter.element(0xa0, DerWriter.element(0xa4, DerWriter.sequence())),
                TokenForge.extension(false));
        return new DerReader("test", Bytes.of(all)).content(DerReader.SEQUENCE).toArray();
    }

    @Test
    void theImprintIsOfTheValue() {
        var other = SignatureValue.of(new byte[] {1, 2});
        assertRefused("another value", forge -> forge.imprint = TokenForge.imprint(DigestAlgorithm.SHA256, other));
        assertMalformed(
                "31 bytes",
                forge -> forge.imprint = DerWriter.sequence(
                        Algorithms.writeDigest(DigestAlgorithm.SHA256), DerWriter.octetString(new byte[31])));
        assertMalformed(
                "too weak",
                forge -> forge.imprint = DerWriter.sequence(
                        DerWriter.sequence(DerWriter.oid("1.3.14.3.2.26")),
                        DerWriter.octetString(Algorithms.hash("SHA-1", VALUE.bytes()))));
    }

    @Test
    void whatItSaysIsVersionOneInDer() {
        assertMalformed("has version 2, not 1", forge -> forge.version = 2);
        assertMalformed("critical extension 1.2.3.4", forge -> forge.optional = TokenForge.extension(true));
        assertMalformed("behind its end", forge -> forge.optional = DerWriter.utf8("more"));
        for (String time : new String[] {
            "20260201000000",
            "202602010000Z",
            "20260201000000.0Z",
            "20260201000000.10Z",
            "20260230000000Z",
            "20260201000000+0100",
            "20260201000000.Z",
            "20260201000000.1234567891Z",
            "260201000000Z"
        }) {
            assertMalformed("not in UTC as DER writes it", forge -> forge.time = time);
        }
    }

    /// "At most 30 minutes ahead of the verifier's clock."
    @Test
    void itIsNotOfTheFuture() {
        var forge = TokenForge.over(VALUE);
        var before = TokenForge.TIME.minus(TimestampServices.CLOCK_SKEW_MAX);
        assertEquals(TokenForge.TIME, proven(forge, before).time());
        var refusal = assertThrows(RefusedException.class, () -> proven(forge, before.minusNanos(1)));
        assertTrue(refusal.sentence().contains("still to come"), refusal.sentence());
    }

    @Test
    void itIsSignedDataOfOneSignerWithTheContentInIt() {
        assertMalformed("not a timestamp's", forge -> forge.contentType = "1.2.840.113549.1.7.1");
        assertMalformed("has no content in it", forge -> forge.contentIn = false);
        assertMalformed("no signed attributes", forge -> forge.unsigned = true);
        var forge = TokenForge.over(VALUE);
        assertUnreadable("has 2 signers", forge.withTwoSigners());
        assertUnreadable("has 0 signers", forge.der(new byte[0]));
        byte[] der = forge.der().toArray();
        assertUnreadable("behind its end", Bytes.of(Arrays.copyOf(der, der.length + 1)));
        assertUnreadable("are left", Bytes.of(Arrays.copyOf(der, der.length - 1)));
        byte[] indefinite = der.clone();
        indefinite[1] = (byte) 0x80;
        assertUnreadable("indefinite", Bytes.of(indefinite));
    }

    private static void assertUnreadable(String words, Bytes der) {
        var fault = assertThrows(MalformedException.class, () -> TimestampToken.read(der));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    @Test
    void itHasSoManyCertificates() {
        var forge = TokenForge.over(VALUE);
        byte[] one = forge.certificate.der().toArray();
        while (forge.certificates.size() < TimestampToken.CERTIFICATES_MAX) {
            forge.certificates.add(one);
        }
        assertEquals(TokenForge.TIME, proven(forge).time());
        forge.certificates.add(one);
        assertUnreadable("more than 10", forge.der());
    }

    /// Values of Ed25519 are all of one length.
    @Test
    void aTokenHasSoManyBytes() {
        var key = Certificates.key(KeyAlgorithm.ED25519);
        var forge = TokenForge.over(VALUE, key, TokenForge.own(key));
        int size = TimestampResponse.BYTES_MAX - 1_000;
        forge.optional = DerWriter.sequence(new byte[size]);
        size += TimestampResponse.BYTES_MAX - forge.der().length();
        forge.optional = DerWriter.sequence(new byte[size]);
        assertEquals(TimestampResponse.BYTES_MAX, forge.der().length());
        assertEquals(TokenForge.TIME, TimestampToken.read(forge.der()).info().time());
        forge.optional = DerWriter.sequence(new byte[size + 1]);
        assertUnreadable("more than 65536", forge.der());
    }

    /// RFC 5816, section 2: the certificate is named by its digest.
    @Test
    void itNamesItsCertificateByDigest() {
        assertRefused(
                "does not say", forge -> forge.certificateId = TokenForge.attribute("1.2.3.4", DerWriter.nothing()));
        assertRefused(
                "neither in it nor trusted",
                forge -> forge.certificateId = forge.certificateId(Attributes.SIGNING_CERTIFICATE_V2, "SHA-1"));
        assertRefused(
                "neither in it nor trusted",
                forge -> forge.certificateId = forge.certificateId(Attributes.SIGNING_CERTIFICATE, "SHA-256"));
    }

    @Test
    void itsAttributesAreOfTheContentAndSigned() {
        byte[] type = TokenForge.attribute(Attributes.CONTENT_TYPE, DerWriter.oid(TstInfo.CONTENT_TYPE));
        byte[] digest = TokenForge.attribute(Attributes.MESSAGE_DIGEST, DerWriter.octetString(new byte[32]));
        assertRefused("other content", forge -> forge.attributes.addAll(List.of(type, digest)));
        assertRefused(
                "other content",
                forge -> forge.attributes.addAll(List.of(
                        TokenForge.attribute(Attributes.CONTENT_TYPE, DerWriter.oid("1.2.840.113549.1.7.1")),
                        TokenForge.attribute(
                                Attributes.MESSAGE_DIGEST,
                                DerWriter.octetString(Algorithms.hash("SHA-256", Bytes.of(forge.info())))))));
        assertMalformed("no signed attribute message digest", forge -> forge.attributes.add(type));
        assertMalformed("no signed attribute content type", forge -> forge.attributes.add(digest));
    }

    @Test
    void itsAlgorithmsAreKnownAndFit() {
        assertRefused(
                "do not fit", forge -> forge.digestAlgorithm = DerWriter.sequence(DerWriter.oid("1.3.14.3.2.26")));
        assertRefused(
                "do not fit",
                forge -> forge.signatureAlgorithm = DerWriter.sequence(DerWriter.oid("1.2.840.10045.4.3.3")));
        assertRefused(
                "do not fit",
                forge -> forge.signatureAlgorithm =
                        DerWriter.sequence(DerWriter.oid("1.2.840.113549.1.1.10"), DerWriter.sequence()));
    }

    /// One bit changed anywhere: nothing is proved, or what was before.
    @Test
    void noSingleBitMakesAnotherTime() {
        var forge = TokenForge.over(VALUE);
        var services = TimestampServices.of(forge.trust(), CHECKS);
        byte[] der = forge.der().toArray();
        int proven = 0;
        for (int bit = 0; bit < 8 * der.length; bit++) {
            byte[] changed = der.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                var time = services.prove(TimestampToken.read(Bytes.of(changed)), VALUE, TokenForge.TIME);
                assertEquals(new Timestamp.Proven(TokenForge.TIME, "CN=service"), time);
                proven++;
            } catch (ChanceryException e) {
                assertTrue(e.sentence().length() > 1);
            }
        }
        assertTrue(proven < 8 * forge.certificate.der().length(), "changes outside the certificate that is not needed");
    }

    @Test
    void aQueryIsAnsweredByItsOwnTokenAlone() {
        var query = TimestampQuery.of(VALUE, -1);
        assertEquals(new BigInteger("ffffffffffffffff", 16), query.nonce());
        query.requireAnsweredBy(answer(forge -> forge.optional = TokenForge.nonce(query.nonce())));
        var none = answer(forge -> {});
        var other = answer(forge -> forge.optional = TokenForge.nonce(BigInteger.ONE));
        var negative = answer(forge -> forge.optional = TokenForge.nonce(BigInteger.ONE.negate()));
        for (var token : new TimestampToken[] {none, other, negative}) {
            var refusal = assertThrows(RefusedException.class, () -> query.requireAnsweredBy(token));
            assertTrue(refusal.sentence().contains("nonce"), refusal.sentence());
        }
        var value = answer(forge -> {
            forge.imprint = TokenForge.imprint(DigestAlgorithm.SHA512, VALUE);
            forge.optional = TokenForge.nonce(query.nonce());
        });
        var refusal = assertThrows(RefusedException.class, () -> query.requireAnsweredBy(value));
        assertTrue(refusal.sentence().contains("another value"), refusal.sentence());
    }

    private static TimestampToken answer(Consumer<TokenForge> choice) {
        return TimestampToken.read(forge(choice).der());
    }

    /// RFC 3161, section 2.4.1, as octets.
    @Test
    void aQueryIsWhatTheStandardSays() {
        String digest = Algorithms.hash(DigestAlgorithm.SHA256, VALUE.bytes()).hex();
        assertEquals(
                "3041" + "020101" + "302f300b0609608648016503040201" + "0420" + digest + "02080123456789abcdef"
                        + "0101ff",
                TimestampQuery.of(VALUE, 0x0123456789abcdefL).toDer().toString());
    }
}
