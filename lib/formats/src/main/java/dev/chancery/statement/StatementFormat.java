// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.Envelope;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What making and reading signed statements have in common: the tables of the package comment.
final class StatementFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("statement"),
            FormatDescription.Signs.STATEMENT,
            List.of(KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ED25519),
            List.of(new FormatDescription.Written(Encoding.ARMOR, ".intoto.sigstore.json")),
            new FormatDescription.PublicKeys(".statement.pem", false));

    /// The type of the envelope's payload (in-toto attestation, `spec/v1/envelope.md`).
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private StatementFormat() {}

    /// The hint that OpenSSF model signing demands: the SHA-256 of the key's PEM file, in hex. To others it may be
    /// anything.
    static String hint(PublicKey key) {
        return HexFormat.of()
                .formatHex(sha(DigestAlgorithm.SHA256, PublicKeyPem.write(key).getBytes(StandardCharsets.US_ASCII)));
    }

    static Bundle bundle(PublicKey key, Bytes statement, SignatureValue signature) {
        return new Bundle(hint(key), new Envelope(PAYLOAD_TYPE, statement, signature));
    }

    static ToBeSigned toBeSigned(Scheme scheme, Bytes frame) {
        return switch (scheme) {
            case ED25519 -> new ToBeSigned.OfMessage(frame);
            case ECDSA_P384 -> digest(DigestAlgorithm.SHA384, frame);
            case ECDSA_P256, RSA -> digest(DigestAlgorithm.SHA256, frame);
        };
    }

    private static ToBeSigned digest(DigestAlgorithm algorithm, Bytes frame) {
        return new ToBeSigned.OfDigest(new Digest(algorithm, sha(algorithm, frame.toArray())));
    }

    private static byte[] sha(DigestAlgorithm algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm.standardName()).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-2", e);
        }
    }
}
