// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Public key files of tags: PEM blocks `PUBLIC KEY`.
///
/// `openssl x509 -pubkey -out A.pub`, by which stags makes its keys, leaves the certificate behind the key. stags never
/// looks at it and neither do we; it is cut out before the rest is read as strictly as everywhere.
public final class TagKeys {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----\n";
    private static final String END = "-----END CERTIFICATE-----\n";

    private TagKeys() {}

    /// The keys of an authority, in the order of the file.
    public static List<PublicKey> read(Authority authority, Bytes file) {
        var keys = PublicKeyPem.read(authority, withoutCertificates(file));
        for (PublicKey key : keys) {
            if (!key.scheme().signsDigest()) {
                throw new MalformedException(
                        "public key file of %s has an Ed25519 key, and tags take RSA and ECDSA".formatted(authority));
            }
        }
        return keys;
    }

    /// Whose each key is. Throws `MalformedException` for a key that stands twice.
    static Map<PublicKey, Authority> owners(Map<Authority, Bytes> files) {
        var owners = new LinkedHashMap<PublicKey, Authority>();
        files.forEach((authority, file) -> {
            for (PublicKey key : read(authority, file)) {
                Authority other = owners.putIfAbsent(key, authority);
                if (other != null) {
                    throw new MalformedException(
                            "public key %s stands twice, for %s and for %s".formatted(key.id(), other, authority));
                }
            }
        });
        return owners;
    }

    /// What is not a whole certificate stays, and is not taken for a key by the reader of keys.
    private static Bytes withoutCertificates(Bytes file) {
        String text = new String(file.toArray(), StandardCharsets.ISO_8859_1);
        var kept = new StringBuilder();
        int at = 0;
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, at)) {
            int end = text.indexOf(END, begin);
            if (end < 0) {
                break;
            }
            kept.append(text, at, begin);
            at = end + END.length();
        }
        kept.append(text, at, text.length());
        return Bytes.of(kept.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
