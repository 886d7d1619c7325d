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

    /// Section 5: packet types.
    static final int TAG_SIGNATURE = 2;
    static final int TAG_PUBLIC_KEY = 6;
    static final int TAG_USER_ID = 13;
    static final int TAG_PUBLIC_SUBKEY = 14;

    /// Section 5.2.1: signature types.
    static final int TYPE_BINARY = 0x00;
    static final int TYPE_TEXT = 0x01;
    static final int TYPE_POSITIVE_CERTIFICATION = 0x13;
    static final int TYPE_SUBKEY_BINDING = 0x18;
    static final int TYPE_PRIMARY_KEY_BINDING = 0x19;

    /// Section 9.1 and 9.5: algorithms.
    static final int ALGORITHM_RSA = 1;
    static final int ALGORITHM_ECDSA = 19;
    static final int ALGORITHM_EDDSA_LEGACY = 22;
    static final int HASH_SHA512 = 10;

    private OpenPgpFormat() {}

    static boolean isPublicKey(int tag) {
        return tag == TAG_PUBLIC_KEY || tag == TAG_PUBLIC_SUBKEY;
    }

    static int signatureType(Encoding encoding) {
        return encoding == Encoding.CLEARTEXT ? TYPE_TEXT : TYPE_BINARY;
    }

    static Measure.OfState measure(Encoding encoding) {
        return new Measure.OfState(
                DigestAlgorithm.SHA512, encoding == Encoding.CLEARTEXT ? ContentForm.CLEARTEXT : ContentForm.BYTES);
    }

    /// Section 5.2.3.24: notation data.
    static final int NOTATION = 20;

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
