// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatDescription;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.Scheme;
import dev.chancery.key.ToBeSigned;
import dev.chancery.signeddata.Algorithms;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What making and reading signatures have in common: the tables of the package comment.
final class NotationFormat {
    static final FormatDescription DESCRIPTION = new FormatDescription(
            new FormatName("notation"),
            FormatDescription.Signs.MANIFEST,
            List.of(KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ECDSA_P384),
            List.of(new FormatDescription.Written(Encoding.ARMOR, ".jws")),
            new FormatDescription.PublicKeys(".notation.pem", false));

    private NotationFormat() {}

    static String algorithm(Scheme scheme) {
        return switch (scheme) {
            case ECDSA_P256 -> "ES256";
            case ECDSA_P384 -> "ES384";
            case ED25519, RSA -> throw new MalformedException("a key of " + scheme + " makes no signature of notation");
        };
    }

    /// RFC 7515, section 5.1: the text as it stands in the file.
    static ToBeSigned toBeSigned(Scheme scheme, String protectedHeader, String payload) {
        var text = Bytes.of((protectedHeader + "." + payload).getBytes(StandardCharsets.US_ASCII));
        return Algorithms.toBeSigned(scheme, Algorithms.digestFor(scheme), text);
    }
}
