// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.key.PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// A public key as SSH writes it down (RFC 4253, section 6.6; RFC 5656, section 3.1; RFC 8709, section 4).
final class SshPublicKey {
    static final String ED25519 = "ssh-ed25519";
    static final String P256 = "ecdsa-sha2-nistp256";
    static final String P384 = "ecdsa-sha2-nistp384";
    static final String RSA = "ssh-rsa";

    private static final String SUBJECT = "SSH public key";

    private SshPublicKey() {}

    /// The name of a key's type, which stands at the front of its bytes and before its base64.
    static String type(PublicKey key) {
        return switch (key.scheme()) {
            case ED25519 -> ED25519;
            case ECDSA_P256 -> P256;
            case ECDSA_P384 -> P384;
            case RSA -> RSA;
        };
    }

    static Bytes write(PublicKey key) {
        var writer = new SshWriter().string(type(key));
        return switch (key.scheme()) {
            case ED25519 -> writer.string(key.point()).bytes();
            case ECDSA_P256, ECDSA_P384 ->
                writer.string(curve(type(key))).string(key.point()).bytes();
            case RSA -> {
                var rsa = rsa(key);
                yield writer.mpint(rsa.getPublicExponent())
                        .mpint(rsa.getModulus())
                        .bytes();
            }
        };
    }

    /// Reads a key from the only encoding that it has; what cannot be used here is malformed and says why.
    static PublicKey read(Bytes blob) {
        var reader = new SshReader(SUBJECT, blob);
        String type = reader.text();
        PublicKey key = switch (type) {
            case ED25519 -> PublicKey.ed25519(reader.string().toArray());
            case P256 -> PublicKey.ecdsaP256(point(reader, type));
            case P384 -> PublicKey.ecdsaP384(point(reader, type));
            case RSA -> {
                var exponent = reader.positive();
                yield PublicKey.rsa(reader.positive(), exponent);
            }
            default -> throw new MalformedException(SUBJECT + " " + unsupported(type));
        };
        reader.end();
        return key;
    }

    private static byte[] point(SshReader reader, String type) {
        String curve = reader.text();
        if (!curve.equals(curve(type))) {
            throw MalformedException.value(SUBJECT + " of type " + type + " with curve", curve, "is not one");
        }
        return reader.string().toArray();
    }

    private static String curve(String type) {
        return type.substring(type.lastIndexOf('-') + 1);
    }

    /// Whether keys of this type can be read here.
    static boolean isSupported(String type) {
        return type.equals(ED25519) || type.equals(P256) || type.equals(P384) || type.equals(RSA);
    }

    /// Why a type is not supported; continues the name of what has it.
    static String unsupported(String type) {
        String shown = Quoted.text(type);
        if (type.contains("-cert-v")) {
            return "is a certificate, %s: only keys themselves are trusted here".formatted(shown);
        }
        if (type.startsWith("sk-")) {
            return "is of a security token, %s, whose signatures are not supported".formatted(shown);
        }
        return "is of type %s, not one of %s, %s, %s, %s".formatted(shown, ED25519, P256, P384, RSA);
    }

    /// As `ssh-keygen -l` shows a key: `SHA256:` and base64 without padding.
    static String fingerprint(Bytes blob) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob.toArray());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static RSAPublicKey rsa(PublicKey key) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.der()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a parsed key is parsed again", e);
        }
    }
}
