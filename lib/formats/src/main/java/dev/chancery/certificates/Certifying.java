// SPDX-License-Identifier: Apache-2.0
package dev.chancery.certificates;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.format.CertificateSummary;
import dev.chancery.format.CertifyingFormat;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SigningKey;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Certificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/// Certificates of signing keys: self-signed ones, requests for others, and what comes back.
public final class Certifying implements CertifyingFormat {
    /// Characters of a subject: a name with all its organisational units.
    public static final int SUBJECT_CHARACTERS_MAX = 1_000;

    /// RFC 5280, section 4.1.2.5: "99991231235959Z" for a certificate without an end.
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private static final String RULE = "key-certificate";
    private static final byte[] CODE_SIGNING = DerWriter.sequence(DerWriter.oid("1.3.6.1.5.5.7.3.3"));
    private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";

    /// What the keys of a format sign, as far as their certificates say it.
    public enum Purpose {
        /// Anything: the certificate says that it is for signatures, and whoever issued it may have ended it anywhere.
        ANY,
        /// Code, and nothing that a verifier of code would refuse beside it: the certificate says so
        /// (`id-kp-codeSigning`,
        /// RFC 5280, section 4.2.1.12), and is there with all its issuers, for verifiers look no further.
        CODE
    }

    private final SignatureCheck checks;
    private final Purpose purpose;

    public Certifying(SignatureCheck checks, Purpose purpose) {
        this.checks = checks;
        this.purpose = purpose;
    }

    /// RFC 5280, section 4.1. The serial number comes from the key, which has one self-signed certificate in
    /// its life.
    @Override
    public CertificateChain selfSigned(SigningKey key) {
        var publicKey = key.key().publicKey();
        byte[] name = commonName(key.key().authority().name());
        byte[] tbs = DerWriter.sequence(
                DerWriter.element(0xa0, DerWriter.integer(2)),
                DerWriter.integer(serial(publicKey)),
                Algorithms.write(publicKey),
                name,
                DerWriter.sequence(
                        DerWriter.time(key.key().created()),
                        DerWriter.time(key.key().expires().orElse(NEVER))),
                name,
                publicKey.der(),
                DerWriter.element(0xa3, extensions(publicKey)));
        return new CertificateChain(List.of(Bytes.of(signed(key, tbs))));
    }

    /// Positive, and of 128 bits that nobody chose (RFC 5280, section 4.1.2.2).
    private static BigInteger serial(PublicKey key) {
        byte[] id = HexFormat.of().parseHex(key.id().hex());
        id[0] &= 0x7f;
        return new BigInteger(1, Arrays.copyOf(id, 16)).setBit(126);
    }

    /// `{tbs, algorithm, value}`: the frame of certificates and of requests.
    private static byte[] signed(SigningKey key, byte[] tbs) {
        var scheme = key.key().publicKey().scheme();
        var value = key.sign(Algorithms.toBeSigned(scheme, Algorithms.digestFor(scheme), Bytes.of(tbs)));
        return DerWriter.sequence(
                tbs,
                Algorithms.write(key.key().publicKey()),
                DerWriter.bitString(value.bytes().toArray()));
    }

    private static byte[] commonName(String name) {
        byte[] attribute = DerWriter.sequence(DerWriter.oid("2.5.4.3"), DerWriter.utf8(name));
        return DerWriter.sequence(DerWriter.element(DerReader.SET, attribute));
    }

    /// Not a certificate authority; for digital signatures; the identifier is that of RFC 7093, section 2,
    /// method 1.
    private byte[] extensions(PublicKey key) {
        byte[] digitalSignature = {DerReader.BIT_STRING, 2, 7, (byte) 0x80};
        var info = new DerReader("public key", Bytes.of(key.der())).within(DerReader.SEQUENCE);
        info.element(DerReader.SEQUENCE);
        byte[] identifier = Arrays.copyOf(Algorithms.hash("SHA-256", info.bits()), 20);
        byte[] constraints = extension("2.5.29.19", true, DerWriter.sequence());
        byte[] usage = extension("2.5.29.15", true, digitalSignature);
        byte[] keyIdentifier = extension("2.5.29.14", false, DerWriter.octetString(identifier));
        return purpose == Purpose.CODE
                ? DerWriter.sequence(constraints, usage, extension("2.5.29.37", false, CODE_SIGNING), keyIdentifier)
                : DerWriter.sequence(constraints, usage, keyIdentifier);
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? DerWriter.sequence(DerWriter.oid(oid), DerWriter.isTrue(), DerWriter.octetString(value))
                : DerWriter.sequence(DerWriter.oid(oid), DerWriter.octetString(value));
    }

    /// RFC 2986, section 4, with the extensions that the certificate shall have (RFC 2985, section 5.4.2).
    @Override
    public Bytes request(SigningKey key, String subject) {
        var publicKey = key.key().publicKey();
        byte[] wanted = DerWriter.sequence(
                DerWriter.oid(EXTENSION_REQUEST), DerWriter.element(DerReader.SET, extensions(publicKey)));
        byte[] info = DerWriter.sequence(
                DerWriter.integer(0), subject(subject), publicKey.der(), DerWriter.element(0xa0, wanted));
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n%s\n-----END CERTIFICATE REQUEST-----\n"
                .formatted(lines.encodeToString(signed(key, info)));
        return Bytes.of(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] subject(String text) {
        if (text.isBlank() || text.length() > SUBJECT_CHARACTERS_MAX) {
            throw new MalformedException("subject has %d characters, not 1 to %d of a distinguished name"
                    .formatted(text.length(), SUBJECT_CHARACTERS_MAX));
        }
        try {
            return new X500Name(text).getEncoded("DER");
        } catch (IllegalArgumentException | IOException e) {
            throw new MalformedException(
                    "subject %s is not a distinguished name such as \"CN=qa,O=Example\": %s"
                            .formatted(Quoted.text(text), e.getMessage()),
                    e);
        }
    }

    @Override
    public CertificateChain issued(Key key, Bytes file, Instant now) {
        var rest = new ArrayList<Certificate>();
        CertificateChain.parse(file).certificates().stream()
                .distinct()
                .map(Certificate::read)
                .forEach(rest::add);
        var chain = new ArrayList<>(List.of(own(key, rest)));
        requireUsable(key, chain.getFirst(), now);
        while (!chain.getLast().isSelfIssued() && !rest.isEmpty()) {
            var issuer = issuer(chain.getLast(), rest);
            rest.remove(issuer);
            requireValid(issuer, now);
            if (purpose == Purpose.CODE && !issuer.hasCriticalUsage()) {
                throw refused("%s has no critical key usage".formatted(named(issuer)));
            }
            chain.add(issuer);
        }
        requireComplete(chain, rest);
        return new CertificateChain(chain.stream().map(Certificate::der).toList());
    }

    private static Certificate own(Key key, List<Certificate> certificates) {
        var own = certificates.stream()
                .filter(certificate -> certificate.hasKey(key.publicKey()))
                .toList();
        if (own.size() != 1) {
            throw refused("%d certificates of the file are of key %s, not one".formatted(own.size(), key.id()));
        }
        certificates.remove(own.getFirst());
        return own.getFirst();
    }

    private void requireUsable(Key key, Certificate certificate, Instant now) {
        requireValid(certificate, now);
        certificate.strangeExtension().ifPresent(oid -> {
            throw refused("the certificate of key %s has critical extension %s, which is not known here"
                    .formatted(key.id(), oid));
        });
        if (certificate.isOfAuthority() || !certificate.maySignDigitally()) {
            throw refused("the certificate of key %s is of a certificate authority, or not for digital signatures"
                    .formatted(key.id()));
        }
        if (purpose == Purpose.CODE && !certificate.isForCodeAlone()) {
            throw refused(
                    "the certificate of key %s does not say, as critical, that it is for digital signatures alone,"
                                    .formatted(key.id())
                            + " or it names other purposes than code signing");
        }
    }

    private static void requireValid(Certificate certificate, Instant now) {
        if (!certificate.isValidAt(now)) {
            throw refused("a certificate with serial number %x is valid from %s to %s, and it is %s"
                    .formatted(certificate.serial(), certificate.notBefore(), certificate.notAfter(), now));
        }
    }

    private Certificate issuer(Certificate certificate, List<Certificate> certificates) {
        return certificates.stream()
                .filter(issuer -> issuer.subject().equals(certificate.issuer())
                        && issuer.mayCertify()
                        && certificate.isSignedBy(issuer, checks))
                .findFirst()
                .orElseThrow(() -> refused(
                        "no certificate of the file is of the authority that issued %s".formatted(named(certificate))));
    }

    private void requireComplete(List<Certificate> chain, List<Certificate> rest) {
        var last = chain.getLast();
        if (last.isSelfIssued() && !last.isSignedBy(last, checks)) {
            throw refused("%s is not signed by itself as it says".formatted(named(last)));
        }
        if ((chain.size() == 1 || purpose == Purpose.CODE) && !last.isSelfIssued()) {
            throw refused("the file has no certificate of the authority that issued %s".formatted(named(last)));
        }
        if (!rest.isEmpty()) {
            throw refused("%s is not of an issuer of the key's certificate".formatted(named(rest.getFirst())));
        }
    }

    private static String named(Certificate certificate) {
        return "the certificate with serial number %x".formatted(certificate.serial());
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(RULE, sentence);
    }

    /// Old certificates stay, for what was signed while they were valid.
    @Override
    public Bytes publish(Bytes publicKeyFile, CertificateChain certificates) {
        var all = new LinkedHashSet<>(certificates.certificates());
        all.addAll(CertificateChain.parse(publicKeyFile).certificates());
        return new CertificateChain(List.copyOf(all)).toPem();
    }

    @Override
    public List<CertificateSummary> summaries(CertificateChain certificates) {
        return certificates.certificates().stream()
                .map(Certificate::read)
                .map(certificate -> new CertificateSummary(
                        text(certificate.subject()),
                        text(certificate.issuer()),
                        certificate.serial().toString(16),
                        certificate.notBefore(),
                        certificate.notAfter()))
                .toList();
    }

    private static String text(Bytes name) {
        try {
            return X500Name.getInstance(name.toArray()).toString();
        } catch (IllegalArgumentException e) {
            throw new MalformedException("certificate has a name that is not one: " + e.getMessage(), e);
        }
    }
}
