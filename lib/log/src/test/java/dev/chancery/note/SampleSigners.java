// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Keys for tests: each name has one, the same in every run.
public final class SampleSigners {
    /// DER of PKCS #8 for Ed25519 up to the 32 bytes of the key (RFC 8410, section 10.3).
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private SampleSigners() {}

    public static NoteSigner log(String name) {
        return NoteSigner.ofPrivateKey(KeyType.ED25519, new KeyName(name), pkcs8(seed(name)));
    }

    public static NoteSigner witness(String name) {
        return NoteSigner.ofPrivateKey(KeyType.ED25519_COSIGNATURE, new KeyName(name), pkcs8(seed(name)));
    }

    static Bytes pkcs8(byte[] seed) {
        return Bytes.of(NoteText.joined(PKCS8_PREFIX, seed));
    }

    private static byte[] seed(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Bytes newEcKey() {
        try {
            return Bytes.of(KeyPairGenerator.getInstance("EC")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
