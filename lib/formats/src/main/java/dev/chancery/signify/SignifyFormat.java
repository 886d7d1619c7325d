// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signify;

import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.key.KeyAlgorithm;
import java.util.List;

/// What making and reading signify's signatures have in common: the table of the package comment.
final class SignifyFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("signify"),
            List.of(KeyAlgorithm.ED25519),
            List.of(new FormatDescription.Written(Encoding.ARMOR, ".signify.sig")),
            new FormatDescription.PublicKeys(".signify.pub", false));

    private SignifyFormat() {}
}
