// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.Certificates;
import dev.chancery.signeddata.SignedData;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A timestamp service whose tokens can be other than they should be in any part. It signs whatever it is
/// given, so that each fault stands alone.
public final class TokenForge {
    public static final Instant TIME = Instant.parse("2026-02-01T00:00:00Z");

    static final byte[] FOR_TIMESTAMPS = DerWriter.sequence(DerWriter.oid("1.3.6.1.5.5.7.3.8"));

    final MemoryKey key;
    final Certificate certificate;

    int version = 1;
    byte[] imprint;
    String time = "20260201000000Z";
    byte[] optional = new byte[0];
    String contentType = TstInfo.CONTENT_TYPE;
    boolean contentIn = true;
    final DigestAlgorithm digest;
    byte[] digestAlgorithm;
    byte[] signatureAlgorithm;
    List<byte[]> attributes = new ArrayList<>();
    byte[] certificateId;
    boolean unsigned;
    List<byte[]> certificates;

    private TokenForge(MemoryKey key, Bytes certificate, SignatureValue value) {
        this.key = key;
        this.certificate = Certificate.read(certificate);
        this.imprint = imprint(DigestAlgorithm.SHA256, value);
        this.digest = Algorithms.digestFor(key.key().publicKey().scheme());
        this.digestAlgorithm = Algorithms.writeDigest(digest);
        this.signatureAlgorithm = Algorithms.write(key.key().publicKey());
        this.certificates = new ArrayList<>(List.of(certificate.toArray()));
        this.certificateId = certificateId(Attributes.SIGNING_CERTIFICATE_V2, "SHA-256");
    }

    /// A service that issued its own certificate, over this value.
    public static TokenForge over(SignatureValue value) {
        var key = Certificates.key();
        return new TokenForge(key, own(key), value);
    }

    static TokenForge over(SignatureValue value, MemoryKey key, Bytes certificate) {
        return new TokenForge(key, certificate, value);
    }

    static Bytes own(MemoryKey key) {
        return service(key, "service").of(key, "service");
    }

    static Certificates service(MemoryKey issuer, String name) {
        return Certificates.by(issuer, name)
                .usage(Certificates.DIGITAL_SIGNATURE)
                .extension("2.5.29.37", true, FOR_TIMESTAMPS);
    }

    /// The service's own certificate: what whoever trusts it has.
    public CertificateChain trust() {
        return new CertificateChain(List.of(certificate.der()));
    }

    static byte[] imprint(DigestAlgorithm digest, SignatureValue value) {
        return DerWriter.sequence(
                Algorithms.writeDigest(digest),
                DerWriter.octetString(Algorithms.hash(digest, value.bytes()).bytes()));
    }

    byte[] certificateId(String type, String hash) {
        byte[] id = DerWriter.sequence(DerWriter.octetString(Algorithms.hash(hash, certificate.der())));
        return attribute(type, DerWriter.sequence(DerWriter.sequence(id)));
    }

    static byte[] attribute(String type, byte[] value) {
        return DerWriter.sequence(DerWriter.oid(type), DerWriter.element(DerReader.SET, value));
    }

    static byte[] nonce(BigInteger nonce) {
        return DerWriter.integer(nonce);
    }

    static byte[] extension(boolean critical) {
        byte[] value = DerWriter.octetString(DerWriter.nothing());
        return DerWriter.element(
                0xa1,
                critical
                        ? DerWriter.sequence(DerWriter.oid("1.2.3.4"), DerWriter.isTrue(), value)
                        : DerWriter.sequence(DerWriter.oid("1.2.3.4"), value));
    }

    byte[] info() {
        return DerWriter.sequence(
                DerWriter.integer(version),
                DerWriter.oid("1.3.6.1.4.1.99999.1"),
                imprint,
                DerWriter.integer(7),
                DerWriter.element(DerReader.GENERALIZED_TIME, time.getBytes(StandardCharsets.US_ASCII)),
                optional);
    }

    private byte[] signer() {
        var all = new ArrayList<>(attributes);
        byte[] hash =
                DerWriter.octetString(Algorithms.hash(digest, Bytes.of(info())).bytes());
        if (all.isEmpty()) {
            all.add(attribute(Attributes.CONTENT_TYPE, DerWriter.oid(TstInfo.CONTENT_TYPE)));
            all.add(attribute(Attributes.MESSAGE_DIGEST, hash));
        }
        all.add(certificateId);
        byte[] signed = DerWriter.setOf(DerReader.SET, all);
        var scheme = key.key().publicKey().scheme();
        var value = key.sign(Algorithms.toBeSigned(scheme, digest, Bytes.of(signed)));
        byte[] implicit = Arrays.copyOf(signed, signed.length);
        implicit[0] = (byte) 0xa0;
        return DerWriter.sequence(
                DerWriter.integer(1),
                DerWriter.sequence(certificate.issuer().toArray(), DerWriter.integer(certificate.serial())),
                digestAlgorithm,
                unsigned ? new byte[0] : implicit,
                signatureAlgorithm,
                DerWriter.octetString(value.bytes().toArray()));
    }

    public Bytes der() {
        return der(signer());
    }

    Bytes der(byte[]... signers) {
        byte[] content = contentIn ? DerWriter.element(0xa0, DerWriter.octetString(info())) : new byte[0];
        byte[] data = DerWriter.sequence(
                DerWriter.integer(3),
                DerWriter.element(DerReader.SET, digestAlgorithm),
                DerWriter.sequence(DerWriter.oid(contentType), content),
                DerWriter.element(0xa0, certificates.toArray(byte[][]::new)),
                DerWriter.element(DerReader.SET, signers));
        return Bytes.of(DerWriter.sequence(DerWriter.oid(SignedData.SIGNED_DATA), DerWriter.element(0xa0, data)));
    }

    Bytes withTwoSigners() {
        return der(signer(), signer());
    }
}
