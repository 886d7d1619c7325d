// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.MalformedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A public key as a DER `SubjectPublicKeyInfo` (RFC 5280, section 4.1), in its only accepted encoding.
///
/// - Ed25519: 44 bytes, RFC 8410;
/// - ECDSA: a named curve and an uncompressed point, RFC 5480: 91 bytes (P-256) or 120 bytes (P-384);
/// - RSA: `rsaEncryption` with NULL parameters, RFC 3279; 2048 to 8192 bits; a public exponent of at least
///   65537 and at most 32 bits, odd.
///
/// That a point lies on its curve is checked where the key is used.
public final class PublicKey {
    /// Bits: below this no stock tool of today trusts a signature.
    public static final int RSA_BITS_MIN = 2048;
    /// Bits: verification time grows with the square; nobody signs packages with more.
    public static final int RSA_BITS_MAX = 8192;

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] ED25519 = HEX.parseHex("302a300506032b6570032100");
    private static final byte[] P256 = HEX.parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
    private static final byte[] P384 = HEX.parseHex("3076301006072a8648ce3d020106052b8104002203620004");
    private static final byte[] RSA_OID = HEX.parseHex("300d06092a864886f70d0101010500");

    private final Scheme scheme;
    private final int bits;
    private final byte[] der;
    private final KeyId id;

    private PublicKey(Scheme scheme, int bits, byte[] der) {
        this.scheme = scheme;
        this.bits = bits;
        this.der = der;
        this.id = new KeyId(HEX.formatHex(sha256(der)));
    }

    /// Reads a DER `SubjectPublicKeyInfo`; whatever is not exactly one accepted key is malformed.
    public static PublicKey parse(byte[] der) {
        if (isFixed(der, ED25519, 32)) {
            return new PublicKey(Scheme.ED25519, 256, der.clone());
        }
        if (isFixed(der, P256, 64)) {
            return new PublicKey(Scheme.ECDSA_P256, 256, der.clone());
        }
        if (isFixed(der, P384, 96)) {
            return new PublicKey(Scheme.ECDSA_P384, 384, der.clone());
        }
        return parseRsa(der);
    }

    /// The key of an Ed25519 point in its 32-byte encoding (RFC 8032, section 5.1.2).
    public static PublicKey ed25519(byte[] point) {
        return parse(joined(ED25519, point));
    }

    /// The key of an uncompressed P-256 point `04 ‖ x ‖ y` (SEC 1, section 2.3.3).
    public static PublicKey ecdsaP256(byte[] point) {
        return parse(joined(Arrays.copyOf(P256, P256.length - 1), point));
    }

    /// The key of an uncompressed P-384 point `04 ‖ x ‖ y` (SEC 1, section 2.3.3).
    public static PublicKey ecdsaP384(byte[] point) {
        return parse(joined(Arrays.copyOf(P384, P384.length - 1), point));
    }

    /// The key of a modulus and a public exponent (RFC 8017, section 3.1).
    public static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
        try {
            return parse(encoded(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("RSA public key is not usable: " + e.getMessage(), e);
        }
    }

    /// Made from the numbers: a key that the JDK parsed gives back the bytes that it was parsed from, right or not.
    private static byte[] encoded(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
        var spec = new RSAPublicKeySpec(modulus, exponent);
        return KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded();
    }

    private static PublicKey parseRsa(byte[] der) {
        if (indexOf(der, RSA_OID) != 4 || der.length > 2048) {
            throw new MalformedException(
                    "public key is not an Ed25519, P-256, P-384 or RSA SubjectPublicKeyInfo in DER");
        }
        try {
            var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
            int bits = key.getModulus().bitLength();
            if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) {
                throw new MalformedException(
                        "RSA public key has %d bits, not %d to %d".formatted(bits, RSA_BITS_MIN, RSA_BITS_MAX));
            }
            BigInteger exponent = key.getPublicExponent();
            if (exponent.bitLength() < 17 || exponent.bitLength() > 32 || !exponent.testBit(0)) {
                throw new MalformedException("RSA public exponent " + exponent + " is not odd and 65537 to 2^32");
            }
            if (!Arrays.equals(encoded(key.getModulus(), exponent), der)) {
                throw new MalformedException("RSA public key is not in its DER encoding");
            }
            return new PublicKey(Scheme.RSA, bits, der.clone());
        } catch (GeneralSecurityException e) {
            throw new MalformedException("RSA public key is not well formed: " + e.getMessage(), e);
        }
    }

    private static boolean isFixed(byte[] der, byte[] prefix, int rest) {
        return der.length == prefix.length + rest && Arrays.equals(der, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int indexOf(byte[] der, byte[] part) {
        int at = 4;
        boolean there = der.length > at + part.length && Arrays.equals(der, at, at + part.length, part, 0, part.length);
        return there ? at : -1;
    }

    private static byte[] joined(byte[] prefix, byte[] rest) {
        byte[] der = Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, der, prefix.length, rest.length);
        return der;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    public Scheme scheme() {
        return scheme;
    }

    /// The size that a reader would call the key's: 256 for Ed25519 and P-256, the modulus for RSA.
    public int bits() {
        return bits;
    }

    public KeyId id() {
        return id;
    }

    public byte[] der() {
        return der.clone();
    }

    /// What stands after the algorithm: the point of Ed25519 (32 bytes) or of ECDSA (uncompressed, with its `04`).
    public byte[] point() {
        return switch (scheme) {
            case ED25519 -> Arrays.copyOfRange(der, ED25519.length, der.length);
            case ECDSA_P256 -> Arrays.copyOfRange(der, P256.length - 1, der.length);
            case ECDSA_P384 -> Arrays.copyOfRange(der, P384.length - 1, der.length);
            case RSA -> throw new IllegalStateException("an RSA key has no point");
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicKey that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return scheme + " " + id;
    }
}
