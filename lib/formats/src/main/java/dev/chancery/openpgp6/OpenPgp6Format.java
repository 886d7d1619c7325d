// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyAlgorithm;
import java.util.List;

/// What making and reading version 6 signatures have in common.
final class OpenPgp6Format {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("openpgp6"),
            List.of(KeyAlgorithm.ED25519),
            List.of(
                    new FormatDescription.Written(Encoding.ARMOR, ".openpgp6.asc"),
                    new FormatDescription.Written(Encoding.BINARY, ".openpgp6.sig"),
                    new FormatDescription.Written(Encoding.CLEARTEXT, ".openpgp6.asc")),
            new FormatDescription.PublicKeys(".openpgp6.asc", true));

    static final int VERSION = 6;

    /// Section 9.1: Ed25519 with its own encodings.
    static final int ALGORITHM_ED25519 = 27;

    /// Section 9.5, table 23.
    static final int SALT_OCTETS = Salt.bytesFor(DigestAlgorithm.SHA512);

    private OpenPgp6Format() {}

    static Measure.OfState measure(Encoding encoding, Salt salt) {
        var form = encoding == Encoding.CLEARTEXT ? ContentForm.CLEARTEXT : ContentForm.BYTES;
        return new Measure.OfState(DigestAlgorithm.SHA512, form, salt);
    }
}
