// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.hashing.Measure;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.Scheme;
import dev.chancery.signeddata.Algorithms;
import java.util.List;

/// What making and reading signatures have in common: the tables of the package comment.
final class CmsFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("cms"),
            List.of(
                    KeyAlgorithm.ECDSA_P256,
                    KeyAlgorithm.ECDSA_P384,
                    KeyAlgorithm.RSA_3072,
                    KeyAlgorithm.RSA_4096,
                    KeyAlgorithm.ED25519),
            List.of(new FormatDescription.Written(Encoding.BINARY, ".p7s")),
            new FormatDescription.PublicKeys(".cms.pem", false));

    /// Begins the sentence of every fault of a signature file.
    static final String SUBJECT = "CMS signature";

    private CmsFormat() {}

    /// What our signatures hash the content with; others choose for themselves.
    static Measure measure(Scheme scheme) {
        return Measure.digest(Algorithms.digestFor(scheme));
    }
}
