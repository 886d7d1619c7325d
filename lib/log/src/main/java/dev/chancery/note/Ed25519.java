// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// Ed25519 (RFC 8032) of the JDK.
final class Ed25519 {
    static final int PUBLIC_KEY_BYTES = 32;
    /// The JDK takes longer ones that end with zeroes, so the length is checked here.
    static final int SIGNATURE_BYTES = 64;

    private static final String NAME = "Ed25519";
    /// The JDK's own: it takes the seed from the source of random numbers as it is.
    private static final String PROVIDER = "SunEC";
    /// DER of a `SubjectPublicKeyInfo` (RFC 8410, section 4) up to the public key.
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /// The `SubjectPublicKeyInfo` of a public key.
    static byte[] subjectPublicKeyInfo(byte[] publicKey) {
        return NoteText.joined(SPKI_PREFIX, publicKey);
    }

    /// Throws `MalformedException` for bytes that encode no point.
    static PublicKey publicKey(byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_BYTES) {
            throw new MalformedException(
                    "Ed25519 public key has %d bytes, not %d".formatted(publicKey.length, PUBLIC_KEY_BYTES));
        }
        try {
            var key = KeyFactory.getInstance(NAME)
                    .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo(publicKey)));
            Signature.getInstance(NAME).initVerify(key);
            return key;
        } catch (InvalidKeySpecException | InvalidKeyException e) {
            throw new MalformedException(
                    MalformedException.value("Ed25519 public key", hex(publicKey), "is no point of the curve")
                            .sentence(),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            var check = Signature.getInstance(NAME);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signing = Signature.getInstance(NAME);
            signing.initSign(key);
            signing.update(message);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Reads PKCS #8 (RFC 8410, section 7).
    static EdECPrivateKey privateKey(Bytes pkcs8) {
        try {
            var key = KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8.toArray()));
            if (key instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
                return ed;
            }
        } catch (InvalidKeySpecException e) {
            // The cause may repeat bytes of the key.
            throw new MalformedException("the log key is no Ed25519 private key in PKCS #8");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        throw new MalformedException("the log key is no Ed25519 private key whose bytes can be had");
    }

    /// The public key of a private key (RFC 8032, section 5.1.5). The JDK has no call for this but the making
    /// of a pair, which takes the private key's 32 bytes from its source of random numbers.
    static byte[] publicKeyOf(EdECPrivateKey key) {
        byte[] seed = key.getBytes().orElseThrow();
        try {
            var generator = KeyPairGenerator.getInstance(NAME, PROVIDER);
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            byte[] der = generator.generateKeyPair().getPublic().getEncoded();
            return Arrays.copyOfRange(der, SPKI_PREFIX.length, der.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// A source that gives the same bytes, once.
    private static final class Given extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] into) {
            if (into.length != bytes.length) {
                throw new IllegalStateException("asked for %d bytes, not %d".formatted(into.length, bytes.length));
            }
            System.arraycopy(bytes, 0, into, 0, bytes.length);
        }
    }
}
