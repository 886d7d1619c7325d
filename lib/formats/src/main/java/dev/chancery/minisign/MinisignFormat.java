// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.hashing.Measure;
import dev.chancery.key.KeyAlgorithm;
import java.util.List;

/// What making and reading minisign's signatures have in common: the table of the package comment.
final class MinisignFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("minisign"),
            List.of(KeyAlgorithm.ED25519),
            List.of(new FormatDescription.Written(Encoding.ARMOR, ".minisig")),
            new FormatDescription.PublicKeys(".minisign.pub", false));

    static final DigestAlgorithm PREHASH = DigestAlgorithm.BLAKE2B_512;

    /// The words before the comment that the second signature covers.
    static final String TRUSTED = "trusted comment: ";
    /// What begins the field of a trusted comment that says when the signature was made, in seconds since 1970.
    static final String TIMESTAMP = "timestamp:";

    private MinisignFormat() {}

    static Measure prehashed() {
        return Measure.digest(PREHASH);
    }
}
