// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sigstore;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
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
        return new Bundle(Bundle.hint(key), content.digest(DigestAlgorithm.SHA256), signature);
    }
}
