// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signeddata;

import dev.chancery.core.Bytes;
import dev.chancery.der.DerReader;
import dev.chancery.key.SignatureValue;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/// One signer (RFC 5652, section 5.3). `signed` is the DER `SET` that the signature is over (section 5.4),
/// empty when the signature is over the content itself.
public record SignerInfo(
        Identifier identifier,
        Algorithms.Identifier digestAlgorithm,
        Optional<Bytes> signed,
        Algorithms.Identifier signatureAlgorithm,
        SignatureValue value,
        Attributes unsigned) {
    /// How a signer names its certificate.
    public sealed interface Identifier {
        boolean names(Certificate certificate);
    }

    public record IssuerAndSerialNumber(Bytes issuer, BigInteger serial) implements Identifier {
        @Override
        public boolean names(Certificate certificate) {
            return issuer.equals(certificate.issuer()) && serial.equals(certificate.serial());
        }
    }

    public record SubjectKeyIdentifier(Bytes identifier) implements Identifier {
        @Override
        public boolean names(Certificate certificate) {
            return certificate.keyIdentifier().map(identifier::equals).orElse(false);
        }
    }

    public static final int SIGNED_ATTRIBUTES = 0xa0;
    public static final int UNSIGNED_ATTRIBUTES = 0xa1;
    private static final int SUBJECT_KEY_IDENTIFIER = 0x80;

    public static SignerInfo read(String subject, Bytes der) {
        var file = new DerReader(subject, der);
        var reader = file.within(DerReader.SEQUENCE);
        file.end();
        int version = reader.smallInteger();
        var identifier = identifier(reader);
        if (version != version(identifier)) {
            throw reader.malformed("has a signer of version %d that names its certificate in the way of version %d"
                    .formatted(version, version(identifier)));
        }
        var digestAlgorithm = Algorithms.Identifier.read(reader);
        var signed = set(reader, SIGNED_ATTRIBUTES);
        var signatureAlgorithm = Algorithms.Identifier.read(reader);
        var value = new SignatureValue(reader.content(DerReader.OCTET_STRING));
        var unsigned = set(reader, UNSIGNED_ATTRIBUTES)
                .map(set -> Attributes.readUnsigned(subject, set))
                .orElseGet(() -> Attributes.none(subject));
        reader.end();
        return new SignerInfo(identifier, digestAlgorithm, signed, signatureAlgorithm, value, unsigned);
    }

    private static Identifier identifier(DerReader reader) {
        if (reader.nextIs(SUBJECT_KEY_IDENTIFIER)) {
            return new SubjectKeyIdentifier(reader.content(SUBJECT_KEY_IDENTIFIER));
        }
        var names = reader.within(DerReader.SEQUENCE);
        var issuer = names.element(DerReader.SEQUENCE);
        var serial = names.integer();
        names.end();
        return new IssuerAndSerialNumber(issuer, serial);
    }

    public static int version(Identifier identifier) {
        return identifier instanceof SubjectKeyIdentifier ? 3 : 1;
    }

    /// "A separate encoding of the signedAttrs field is performed for message digest calculation. The IMPLICIT
    /// [0] tag in the signedAttrs is not used for the DER encoding, rather an EXPLICIT SET OF tag is used."
    /// (section 5.4)
    private static Optional<Bytes> set(DerReader reader, int tag) {
        if (!reader.nextIs(tag)) {
            return Optional.empty();
        }
        byte[] set = reader.element(tag).toArray();
        byte[] retagged = Arrays.copyOf(set, set.length);
        retagged[0] = DerReader.SET;
        return Optional.of(Bytes.of(retagged));
    }
}
