// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatDescription;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.Namespace;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What making and reading signatures have in common: the table of the package comment.
final class SshSigFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("sshsig"),
            List.of(KeyAlgorithm.ED25519, KeyAlgorithm.ECDSA_P256, KeyAlgorithm.RSA_3072, KeyAlgorithm.RSA_4096),
            List.of(new FormatDescription.Written(Encoding.ARMOR, ".sshsig")),
            new FormatDescription.PublicKeys(".sshsig.allowed_signers", false));

    /// The namespace of signatures over files, by convention of OpenSSH.
    static final Namespace FILE = new Namespace("file");

    static final int VERSION = 1;

    /// What our signatures hash the content with; others may use SHA-256.
    static final DigestAlgorithm HASH = DigestAlgorithm.SHA512;

    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);

    private SshSigFormat() {}

    static byte[] magic() {
        return MAGIC.clone();
    }

    /// The namespace that every signature by this key bears.
    static Namespace namespace(Key key) {
        return key.namespace().orElse(FILE);
    }
}
