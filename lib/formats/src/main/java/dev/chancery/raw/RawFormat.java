// SPDX-License-Identifier: Apache-2.0
package dev.chancery.raw;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.Scheme;
import dev.chancery.key.ToBeSigned;
import java.util.List;

/// What making and reading raw signatures have in common: the table of the package comment.
final class RawFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("raw"),
            List.of(KeyAlgorithm.ECDSA_P256, KeyAlgorithm.RSA_3072, KeyAlgorithm.RSA_4096, KeyAlgorithm.ED25519),
            List.of(new FormatDescription.Written(Encoding.BINARY, ".raw.sig")),
            new FormatDescription.PublicKeys(".raw.pem", false));

    private RawFormat() {}

    static Measure measure(Scheme scheme) {
        return scheme.signsDigest() ? Measure.digest(DigestAlgorithm.SHA256) : Measure.content();
    }

    static ToBeSigned toBeSigned(Scheme scheme, Measured content) {
        return scheme.signsDigest()
                ? new ToBeSigned.OfDigest(content.digest(DigestAlgorithm.SHA256))
                : new ToBeSigned.OfMessage(content.content());
    }
}
