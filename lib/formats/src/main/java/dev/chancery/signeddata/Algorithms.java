// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signeddata;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.ToBeSigned;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// The algorithms of RFC 5754 (SHA-2 with RSA and ECDSA), RFC 8410 and RFC 8419 (Ed25519), by their names in
/// CMS and in certificates.
public final class Algorithms {
    /// `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2), as far as parameters matter here.
    public record Identifier(String oid, Parameters parameters) {
        public static Identifier read(DerReader reader) {
            var within = reader.within(DerReader.SEQUENCE);
            String oid = within.oid();
            var parameters = within.isAtEnd() ? Parameters.NONE : Parameters.OTHER;
            if (within.nextIs(DerReader.NULL)) {
                parameters = within.content(DerReader.NULL).length() == 0 ? Parameters.NULL : Parameters.OTHER;
            } else if (!within.isAtEnd()) {
                within.element();
            }
            within.end();
            return new Identifier(oid, parameters);
        }
    }

    public enum Parameters {
        NONE,
        NULL,
        OTHER
    }

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String ED25519 = "1.3.101.112";
    private static final List<DigestAlgorithm> DIGESTS =
            List.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512);

    private Algorithms() {}

    /// What our signatures hash with: as strong as the key, and what RFC 8419, section 2.3 demands for Ed25519.
    public static DigestAlgorithm digestFor(Scheme scheme) {
        return switch (scheme) {
            case ECDSA_P256, RSA -> DigestAlgorithm.SHA256;
            case ECDSA_P384 -> DigestAlgorithm.SHA384;
            case ED25519 -> DigestAlgorithm.SHA512;
        };
    }

    /// RFC 5754, section 2: parameters are absent; NULL is read as well.
    public static Optional<DigestAlgorithm> digest(Identifier identifier) {
        return identifier.parameters() == Parameters.OTHER
                ? Optional.empty()
                : DIGESTS.stream()
                        .filter(digest -> oid(digest).equals(identifier.oid()))
                        .findFirst();
    }

    /// Whether a signature in CMS by a key of this scheme, over this digest, may be named so. RFC 5754, section
    /// 3.2 lets RSA be named alone or with the digest, and demands NULL.
    public static boolean fits(Identifier identifier, Scheme scheme, DigestAlgorithm digest) {
        if (scheme == Scheme.RSA && identifier.oid().equals(RSA)) {
            return identifier.parameters() == Parameters.NULL;
        }
        return fitsWhole(identifier, scheme, digest);
    }

    /// The digest of a certificate's signature by a key of this scheme; empty when the two do not belong
    /// together.
    public static Optional<DigestAlgorithm> certificateDigest(Identifier identifier, Scheme scheme) {
        return DIGESTS.stream()
                .filter(digest -> fitsWhole(identifier, scheme, digest))
                .findFirst();
    }

    private static boolean fitsWhole(Identifier identifier, Scheme scheme, DigestAlgorithm digest) {
        return identifier.equals(identifier(scheme, digest))
                && (scheme != Scheme.ED25519 || digest == DigestAlgorithm.SHA512);
    }

    private static Identifier identifier(Scheme scheme, DigestAlgorithm digest) {
        int number = DIGESTS.indexOf(digest);
        return switch (scheme) {
            case RSA -> new Identifier("1.2.840.113549.1.1." + (11 + number), Parameters.NULL);
            case ECDSA_P256, ECDSA_P384 -> new Identifier("1.2.840.10045.4.3." + (2 + number), Parameters.NONE);
            case ED25519 -> new Identifier(ED25519, Parameters.NONE);
        };
    }

    private static String oid(DigestAlgorithm digest) {
        return "2.16.840.1.101.3.4.2." + (1 + DIGESTS.indexOf(digest));
    }

    public static byte[] writeDigest(DigestAlgorithm digest) {
        return DerWriter.sequence(DerWriter.oid(oid(digest)));
    }

    /// The name of a signature by this key over [#digestFor(Scheme)], the same in CMS and in certificates.
    public static byte[] write(PublicKey key) {
        var identifier = identifier(key.scheme(), digestFor(key.scheme()));
        return identifier.parameters() == Parameters.NULL
                ? DerWriter.sequence(DerWriter.oid(identifier.oid()), DerWriter.nothing())
                : DerWriter.sequence(DerWriter.oid(identifier.oid()));
    }

    /// What a key of this scheme signs to sign a message: Ed25519 the message itself, the others its digest.
    public static ToBeSigned toBeSigned(Scheme scheme, DigestAlgorithm digest, Bytes message) {
        return scheme.signsDigest()
                ? new ToBeSigned.OfDigest(hash(digest, message))
                : new ToBeSigned.OfMessage(message);
    }

    public static Digest hash(DigestAlgorithm algorithm, Bytes message) {
        return new Digest(algorithm, hash(algorithm.standardName(), message));
    }

    public static byte[] hash(String algorithm, Bytes message) {
        try {
            return MessageDigest.getInstance(algorithm).digest(message.toArray());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + algorithm, e);
        }
    }
}
