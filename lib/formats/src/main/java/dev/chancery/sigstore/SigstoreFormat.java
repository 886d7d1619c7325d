// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sigstore;

import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.MessageSignature;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// What making and reading bundles have in common: the tables of the package comment.
final class SigstoreFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("sigstore"),
            List.of(KeyAlgorithm.ECDSA_P256, KeyAlgorithm.RSA_3072),
            List.of(new FormatDescription.Written(Encoding.ARMOR, ".sigstore.json")),
            new FormatDescription.PublicKeys(".sigstore.pem", false));

    /// What is signed here; what others sign may be another digest.
    static final Measure MEASURE = Measure.digest(DigestAlgorithm.SHA256);

    private SigstoreFormat() {}

    static Bundle bundle(PublicKey key, Measured content, SignatureValue signature) {
        return new Bundle(hint(key), new MessageSignature(content.digest(DigestAlgorithm.SHA256), signature));
    }

    /// The hint that we write, and cosign does.
    static String hint(PublicKey key) {
        return Base64.getEncoder()
                .encodeToString(HexFormat.of().parseHex(key.id().hex()));
    }
}
