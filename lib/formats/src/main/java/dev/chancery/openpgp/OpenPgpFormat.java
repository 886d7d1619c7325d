// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.Measure;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.packet.Octets;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What making and reading OpenPGP signatures have in common: numbers of RFC 9580 and our own description.
final class OpenPgpFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("openpgp"),
            List.of(KeyAlgorithm.ED25519, KeyAlgorithm.RSA_4096, KeyAlgorithm.ECDSA_P256),
            List.of(
                    new FormatDescription.Written(Encoding.ARMOR, ".asc"),
                    new FormatDescription.Written(Encoding.BINARY, ".sig"),
                    new FormatDescription.Written(Encoding.CLEARTEXT, ".asc")),
            new FormatDescription.PublicKeys(".openpgp.asc", true));

    /// Section 9.1: algorithms.
    static final int ALGORITHM_RSA = 1;
    static final int ALGORITHM_ECDSA = 19;
    static final int ALGORITHM_EDDSA_LEGACY = 22;

    private OpenPgpFormat() {}

    static Measure.OfState measure(Encoding encoding) {
        return new Measure.OfState(
                DigestAlgorithm.SHA512, encoding == Encoding.CLEARTEXT ? ContentForm.CLEARTEXT : ContentForm.BYTES);
    }

    private static final byte[] DATA_DIGEST = "data-digest@archlinux.org".getBytes(StandardCharsets.US_ASCII);

    /// The body of Arch Linux's notation with the content's digest: flags (none, so that the value is octets),
    /// the lengths of name and value, name, value.
    static byte[] dataDigest(Digest digest) {
        byte[] value = digest.bytes();
        return new Octets()
                .fourOctets(0)
                .twoOctets(DATA_DIGEST.length)
                .twoOctets(value.length)
                .octets(DATA_DIGEST)
                .octets(value)
                .toArray();
    }
}
