// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.certificates.Certifying;
import dev.chancery.certificates.SigningCertificates;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.format.CertifyingFormat;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.SigningFormat;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SigningKey;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.SignedData;
import dev.chancery.signeddata.SignerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes files with one signer.
public final class CmsSigning implements SigningFormat {
    private final SignatureCheck checks;

    /// The checks are for certificates that somebody else issues.
    public CmsSigning(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return CmsFormat.DESCRIPTION;
    }

    @Override
    public Optional<CertifyingFormat> certifying() {
        return Optional.of(new Certifying(checks, Certifying.Purpose.ANY));
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(CmsFormat.measure(scheme));
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        var scheme = key.key().publicKey().scheme();
        var chain = SigningCertificates.of(key);
        var certificate = SigningCertificates.usable(key.key(), chain, terms.now());
        var attributes = attributes(content.digest(Algorithms.digestFor(scheme)), certificate, terms.now());
        byte[] signed = DerWriter.setOf(DerReader.SET, attributes);
        var value = key.sign(Algorithms.toBeSigned(scheme, Algorithms.digestFor(scheme), Bytes.of(signed)));
        byte[] digestAlgorithm = Algorithms.writeDigest(Algorithms.digestFor(scheme));
        byte[] signer = DerWriter.sequence(
                DerWriter.integer(1),
                DerWriter.sequence(certificate.issuer().toArray(), DerWriter.integer(certificate.serial())),
                digestAlgorithm,
                retagged(signed),
                Algorithms.write(key.key().publicKey()),
                DerWriter.octetString(value.bytes().toArray()));
        var data = new SignedData(
                List.of(Bytes.of(digestAlgorithm)),
                new SignedData.Content(SignedData.DATA, Optional.empty()),
                carried(chain),
                List.of(),
                List.of(Bytes.of(signer)));
        return new Signature(description().name(), terms.encoding(), data.writeDetached(false));
    }

    /// Its own and its issuers', without a root: whoever trusts that has it, and nobody else should take it
    /// from here.
    private static List<Bytes> carried(CertificateChain chain) {
        var carried = new ArrayList<Bytes>();
        for (Bytes der : chain.certificates()) {
            if (carried.isEmpty() || !Certificate.read(der).isSelfIssued()) {
                carried.add(der);
            }
        }
        return carried;
    }

    private static List<byte[]> attributes(Digest content, Certificate certificate, Instant now) {
        byte[] certificateId = DerWriter.sequence(DerWriter.octetString(Algorithms.hash("SHA-256", certificate.der())));
        return List.of(
                attribute(Attributes.CONTENT_TYPE, DerWriter.oid(SignedData.DATA)),
                attribute(Attributes.SIGNING_TIME, DerWriter.time(now)),
                attribute(Attributes.MESSAGE_DIGEST, DerWriter.octetString(content.bytes())),
                attribute(Attributes.SIGNING_CERTIFICATE_V2, DerWriter.sequence(DerWriter.sequence(certificateId))));
    }

    private static byte[] attribute(String type, byte[] value) {
        return DerWriter.sequence(DerWriter.oid(type), DerWriter.element(DerReader.SET, value));
    }

    private static byte[] retagged(byte[] set) {
        byte[] implicit = Arrays.copyOf(set, set.length);
        implicit[0] = (byte) SignerInfo.SIGNED_ATTRIBUTES;
        return implicit;
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        return SigningCertificates.of(publication.key()).toPem();
    }
}
