// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.der.DerWriter;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.Certificates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which services are trusted, and when.
class TimestampServicesTest {
    private static final SignatureValue VALUE = SignatureValue.of(new byte[] {1, 2, 3});
    private static final MemoryKey ROOT_KEY = Certificates.key();
    private static final MemoryKey SUB_KEY = Certificates.key();
    private static final MemoryKey KEY = Certificates.key();
    private static final Bytes ROOT = authority(ROOT_KEY, "root").of(ROOT_KEY, "root");
    private static final Bytes SUB = authority(ROOT_KEY, "root").of(SUB_KEY, "sub");
    private static final Bytes SERVICE = TokenForge.service(SUB_KEY, "sub").of(KEY, "service");

    private static Certificates authority(MemoryKey issuer, String name) {
        return Certificates.by(issuer, name).constraints(Certificates.CA).usage(Certificates.CERT_SIGN);
    }

    private static TimestampServices trusting(Bytes... certificates) {
        return TimestampServices.of(new CertificateChain(List.of(certificates)), new SignatureChecks());
    }

    private static TokenForge forge(Bytes service, Bytes... issuers) {
        return forge(KEY, service, issuers);
    }

    private static TokenForge forge(MemoryKey key, Bytes service, Bytes... issuers) {
        var forge = TokenForge.over(VALUE, key, service);
        for (Bytes issuer : issuers) {
            forge.certificates.add(issuer.toArray());
        }
        return forge;
    }

    private static void assertProven(TimestampServices services, TokenForge forge) {
        var token = TimestampToken.read(forge.der());
        assertEquals(
                TokenForge.TIME, services.prove(token, VALUE, TokenForge.TIME).time());
    }

    private static void assertRefused(String words, TimestampServices services, TokenForge forge) {
        var token = TimestampToken.read(forge.der());
        var refusal = assertThrows(RefusedException.class, () -> services.prove(token, VALUE, TokenForge.TIME));
        assertEquals("timestamp-token", refusal.rule());
        assertTrue(refusal.sentence().contains(words), refusal.sentence());
    }

    @Test
    void aPathLeadsToATrustedCertificate() {
        assertProven(trusting(ROOT), forge(SERVICE, SUB));
        assertProven(trusting(ROOT), forge(SERVICE, ROOT, SUB, ROOT));
        assertProven(trusting(SUB), forge(SERVICE));
        assertProven(trusting(SERVICE), forge(SERVICE));
        assertProven(trusting(TokenForge.own(Certificates.key()), ROOT), forge(SERVICE, SUB));
    }

    @Test
    void nobodyElseIsTrusted() {
        var stranger = TokenForge.own(Certificates.key());
        assertRefused("is not trusted", trusting(stranger), forge(SERVICE, SUB, ROOT));
        assertRefused("\"CN=service\"", trusting(stranger), forge(SERVICE, SUB, ROOT));
        assertRefused("is not trusted", trusting(ROOT), forge(SERVICE));
        var impostor = Certificates.key();
        var sameName = authority(impostor, "root").of(impostor, "root");
        assertRefused("is not trusted", trusting(sameName), forge(SERVICE, SUB, ROOT));
        var forged = TokenForge.service(impostor, "sub").of(KEY, "service");
        assertRefused("is not trusted", trusting(ROOT), forge(forged, SUB));
        var noAuthority = Certificates.by(ROOT_KEY, "root").of(SUB_KEY, "sub");
        assertRefused("is not trusted", trusting(ROOT), forge(SERVICE, noAuthority));
        var noCertifier = Certificates.by(ROOT_KEY, "root")
                .constraints(Certificates.CA)
                .usage(Certificates.DIGITAL_SIGNATURE)
                .of(SUB_KEY, "sub");
        assertRefused("is not trusted", trusting(ROOT), forge(SERVICE, noCertifier));
    }

    /// The key of a service is not that of the certificate that its token names.
    @Test
    void anotherKeyOfTheSameNameIsNotTheService() {
        assertRefused("another key", trusting(SERVICE), forge(Certificates.key(), SERVICE));
    }

    @Test
    void allIsValidAtTheTimeOfTheToken() {
        Instant before = TokenForge.TIME.minusSeconds(1);
        Instant after = TokenForge.TIME.plusSeconds(1);
        Instant start = TokenForge.TIME.minus(Duration.ofDays(9));
        var over = TokenForge.service(SUB_KEY, "sub").valid(start, before).of(KEY, "service");
        assertRefused("is valid from", trusting(over), forge(over));
        assertRefused("is valid from", trusting(SUB), forge(over));
        var early = TokenForge.service(SUB_KEY, "sub").valid(after, after).of(KEY, "service");
        assertRefused("is valid from", trusting(early), forge(early));
        var exactly = TokenForge.service(SUB_KEY, "sub")
                .valid(TokenForge.TIME, TokenForge.TIME)
                .of(KEY, "service");
        assertProven(trusting(exactly), forge(exactly));
        assertProven(trusting(SUB), forge(exactly));
        var subOver = authority(ROOT_KEY, "root").valid(start, before).of(SUB_KEY, "sub");
        assertRefused("do not lead", trusting(ROOT), forge(SERVICE, subOver));
        assertRefused("the trusted certificate is valid from", trusting(subOver), forge(SERVICE));
    }

    /// RFC 5280, section 4.2.1.9: one below, and there are two.
    @Test
    void aPathIsNoLongerThanItsCertificatesPermit() {
        var none = Bytes.of(DerWriter.sequence(DerWriter.isTrue(), DerWriter.integer(0)));
        var root = Certificates.by(ROOT_KEY, "root")
                .constraints(none)
                .usage(Certificates.CERT_SIGN)
                .of(ROOT_KEY, "root");
        var sub = Certificates.by(ROOT_KEY, "root")
                .constraints(none)
                .usage(Certificates.CERT_SIGN)
                .of(SUB_KEY, "sub");
        assertProven(trusting(ROOT), forge(SERVICE, sub));
        var otherKey = Certificates.key();
        var lower = authority(SUB_KEY, "sub").of(otherKey, "lower");
        var service = TokenForge.service(otherKey, "lower").of(KEY, "service");
        assertProven(trusting(ROOT), forge(service, lower, SUB));
        assertRefused("do not lead", trusting(ROOT), forge(service, lower, sub));
        assertProven(trusting(root), forge(TokenForge.service(ROOT_KEY, "root").of(KEY, "service")));
    }

    /// RFC 3161, section 2.3.
    @Test
    void aServiceIsForTimestampsAlone() {
        var plain = Certificates.by(SUB_KEY, "sub").usage(Certificates.DIGITAL_SIGNATURE);
        assertUnfit(plain.of(KEY, "service"));
        byte[] both = DerWriter.sequence(DerWriter.oid("1.3.6.1.5.5.7.3.8"), DerWriter.oid("1.3.6.1.5.5.7.3.3"));
        assertUnfit(Certificates.by(SUB_KEY, "sub")
                .extension("2.5.29.37", true, both)
                .of(KEY, "service"));
        byte[] code = DerWriter.sequence(DerWriter.oid("1.3.6.1.5.5.7.3.3"));
        assertUnfit(Certificates.by(SUB_KEY, "sub")
                .extension("2.5.29.37", true, code)
                .of(KEY, "service"));
        assertUnfit(Certificates.by(SUB_KEY, "sub")
                .extension("2.5.29.37", false, TokenForge.FOR_TIMESTAMPS)
                .of(KEY, "service"));
        assertUnfit(Certificates.by(SUB_KEY, "sub")
                .usage(Certificates.KEY_ENCIPHERMENT)
                .extension("2.5.29.37", true, TokenForge.FOR_TIMESTAMPS)
                .of(KEY, "service"));
        var strange = TokenForge.service(SUB_KEY, "sub")
                .extension("1.2.3.4", true, DerWriter.nothing())
                .of(KEY, "service");
        assertRefused("critical extension 1.2.3.4", trusting(SUB), forge(strange));
    }

    private static void assertUnfit(Bytes service) {
        assertRefused("not for timestamps alone", trusting(SUB), forge(service));
    }

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmOfSignaturesIsOneOfServices(KeyAlgorithm algorithm) {
        var key = Certificates.key(algorithm);
        var forge = forge(key, TokenForge.own(key));
        assertProven(trusting(forge.certificate.der()), forge);
    }

    @Test
    void onlyServicesAndAuthoritiesAreTrusted() {
        var leaf = Certificates.by(ROOT_KEY, "root").of(KEY, "leaf");
        var fault = assertThrows(MalformedException.class, () -> trusting(ROOT, leaf));
        assertEquals(
                "certificate 2 of timestamp services is neither for timestamps alone nor of a certificate authority",
                fault.sentence());
        var noCertificate = Bytes.of(DerWriter.nothing());
        var malformed = assertThrows(MalformedException.class, () -> trusting(noCertificate));
        assertTrue(malformed.sentence().startsWith("certificate 1 of timestamp services is not right: "));
    }

    /// Ten certificates of one name and one key, each of which could have issued each other: looked at once.
    @Test
    void aTangleOfIssuersIsLookedAtOnce() {
        var forge = forge(TokenForge.service(SUB_KEY, "tangle").of(KEY, "service"));
        for (int i = 1; i < TimestampToken.CERTIFICATES_MAX; i++) {
            forge.certificates.add(authority(SUB_KEY, "tangle")
                    .extension("1.2.3." + i, false, DerWriter.nothing())
                    .of(SUB_KEY, "tangle")
                    .toArray());
        }
        var asked = new java.util.concurrent.atomic.AtomicInteger();
        var checks = new SignatureChecks();
        var services = TimestampServices.of(new CertificateChain(List.of(ROOT)), (key, signed, value) -> {
            asked.incrementAndGet();
            return checks.holds(key, signed, value);
        });
        assertRefused("is not trusted", services, forge);
        int most = TimestampToken.CERTIFICATES_MAX * TimestampToken.CERTIFICATES_MAX;
        assertTrue(asked.get() <= most, asked + " checks");
    }
}
