// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import dev.chancery.algorithms.EcdsaValue;
import dev.chancery.certificates.Certifying;
import dev.chancery.certificates.SigningCertificates;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.format.CertifyingFormat;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.SigningFormat;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.signeddata.Certificate;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Signs manifests. The content is the manifest; what is signed about it is our own writing.
public final class NotationSigning implements SigningFormat {
    private final SignatureCheck checks;

    /// The checks are for certificates that somebody else issues.
    public NotationSigning(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return NotationFormat.DESCRIPTION;
    }

    @Override
    public Optional<CertifyingFormat> certifying() {
        return Optional.of(new Certifying(checks, Certifying.Purpose.CODE));
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(Measure.content());
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        var scheme = key.key().publicKey().scheme();
        var chain = whole(key.key(), SigningCertificates.of(key));
        SigningCertificates.usable(key.key(), chain, terms.now());
        String payload = Jws.text(TargetArtifact.of(content.content()).payload());
        String header = Jws.text(ProtectedHeader.of(NotationFormat.algorithm(scheme), terms.now())
                .write());
        var value = key.sign(NotationFormat.toBeSigned(scheme, header, payload));
        var jws = new Jws(payload, header, chain, plain(scheme, value));
        return new Signature(description().name(), terms.encoding(), jws.write());
    }

    /// `notation` looks for the last one in its trust store.
    private static CertificateChain whole(Key key, CertificateChain chain) {
        if (!Certificate.read(chain.certificates().getLast()).isSelfIssued()) {
            throw new UnavailableException("the certificates of key %s do not end with a root's".formatted(key.id()));
        }
        return chain;
    }

    /// RFC 7518, section 3.4: each integer in as many octets as the curve's order has.
    private static Bytes plain(Scheme scheme, SignatureValue value) {
        var integers = EcdsaValue.read(scheme, value.bytes().toArray())
                .orElseThrow(() -> new UnavailableException("the key answered no ECDSA signature"));
        int octets = scheme == Scheme.ECDSA_P256 ? 32 : 48;
        byte[] plain = new byte[2 * octets];
        put(integers.r(), plain, octets);
        put(integers.s(), plain, 2 * octets);
        return Bytes.of(plain);
    }

    /// So that it ends there.
    private static void put(BigInteger number, byte[] all, int end) {
        byte[] signed = number.toByteArray();
        byte[] octets = signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
        System.arraycopy(octets, 0, all, end - octets.length, octets.length);
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        return SigningCertificates.of(publication.key()).toPem();
    }
}
