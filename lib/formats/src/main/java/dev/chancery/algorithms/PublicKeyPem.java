// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// PEM blocks `PUBLIC KEY` as `openssl pkey -pubin` writes them (RFC 7468, section 13, strict form).
public final class PublicKeyPem {
    /// Keys in one file: a key each month for eight years.
    public static final int KEYS_MAX = 100;

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PublicKeyPem() {}

    public static String write(PublicKey key) {
        return BEGIN + "\n" + LINES.encodeToString(key.der()) + "\n" + END + "\n";
    }

    /// Whose each key is. Throws `MalformedException` for a key that stands twice.
    public static Map<PublicKey, Authority> owners(Map<Authority, Bytes> files) {
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

    /// Reads all blocks of an authority's file. Blank lines may stand between them, nothing else.
    public static List<PublicKey> read(Authority authority, Bytes file) {
        var keys = new ArrayList<PublicKey>();
        StringBuilder base64 = null;
        for (String line : lines(file)) {
            if (base64 == null) {
                if (line.equals(BEGIN)) {
                    base64 = new StringBuilder();
                } else if (!line.isBlank()) {
                    throw malformed(authority, "has text outside its PEM blocks");
                }
            } else if (line.equals(END)) {
                keys.add(key(authority, base64.toString()));
                base64 = null;
            } else {
                base64.append(line);
            }
        }
        if (base64 != null || keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw malformed(authority, "is not 1 to %d whole PEM blocks PUBLIC KEY".formatted(KEYS_MAX));
        }
        return keys;
    }

    private static List<String> lines(Bytes file) {
        return new String(file.toArray(), StandardCharsets.ISO_8859_1).lines().toList();
    }

    private static PublicKey key(Authority authority, String base64) {
        try {
            return PublicKey.parse(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw malformed(authority, "has a PEM block that is not base64");
        }
    }

    private static MalformedException malformed(Authority authority, String fault) {
        return new MalformedException("public key file of %s %s".formatted(authority, fault));
    }
}
