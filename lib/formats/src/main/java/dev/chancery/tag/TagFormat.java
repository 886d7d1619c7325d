// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.ToBeSigned;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// What making and reading tags have in common: the table of the package comment.
final class TagFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("tag"),
            FormatDescription.Signs.TAG,
            List.of(KeyAlgorithm.ECDSA_P256, KeyAlgorithm.RSA_4096, KeyAlgorithm.RSA_3072),
            List.of(new FormatDescription.Written(Encoding.ARMOR, TagFile.SUFFIX)),
            new FormatDescription.PublicKeys(".tag.pem", false));

    private TagFormat() {}

    /// Of the bytes themselves: a digest that somebody sends along could be that of other bytes.
    static ToBeSigned toBeSigned(Bytes payload) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(payload.toArray());
            return new ToBeSigned.OfDigest(new Digest(DigestAlgorithm.SHA256, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
