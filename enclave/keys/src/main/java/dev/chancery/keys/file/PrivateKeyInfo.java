// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.encoders.Hex;

/// A private key as a DER `PrivateKeyInfo` (PKCS #8; RFC 5958, section 2), in the one form that OpenSSL writes:
///
/// - Ed25519: version 0 and the seed, 48 bytes (RFC 8410, section 7);
/// - ECDSA P-256: `ECPrivateKey` without the curve and with the public point, 138 bytes (RFC 5915, section 3);
/// - RSA: `RSAPrivateKey` of two primes (RFC 8017, appendix A.1.2).
///
/// What is in another form is no private key here: a wrong passphrase can decrypt to anything.
final class PrivateKeyInfo {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] ED25519 = HEX.parseHex("302e020100300506032b657004220420");
    private static final byte[] P256_NUMBER =
            HEX.parseHex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420");
    private static final byte[] P256_POINT = HEX.parseHex("a144034200");
    private static final int NUMBER_BYTES = 32;

    private PrivateKeyInfo() {}

    static SecretBytes ed25519(SecretBytes seed) {
        return SecretBytes.owning(joined(ED25519, seed.exposed()));
    }

    static SecretBytes ecdsaP256(BigInteger d) {
        byte[] number = org.bouncycastle.util.BigIntegers.asUnsignedByteArray(NUMBER_BYTES, d);
        var info = joined(joined(P256_NUMBER, number), joined(P256_POINT, P256.publicPoint(d)));
        Arrays.fill(number, (byte) 0);
        return SecretBytes.owning(info);
    }

    /// The public half, computed from the private one; malformed when this is no private key of the scheme.
    static PublicKey publicKey(Scheme scheme, SecretBytes info) {
        return switch (scheme) {
            case ED25519 -> {
                try (var seed = ed25519Seed(info)) {
                    byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
                    Ed25519.generatePublicKey(seed.exposed(), 0, point, 0);
                    yield PublicKey.ed25519(point);
                }
            }
            case ECDSA_P256 -> PublicKey.ecdsaP256(P256.publicPoint(ecdsaP256Number(info)));
            case RSA -> {
                var key = rsaKey(info);
                yield PublicKey.rsa(key.getModulus(), key.getPublicExponent());
            }
            case ECDSA_P384 -> throw notAKey("P-256, Ed25519 or RSA");
        };
    }

    static SecretBytes ed25519Seed(SecretBytes info) {
        byte[] bytes = info.exposed();
        if (bytes.length != ED25519.length + NUMBER_BYTES || !beginsWith(bytes, ED25519)) {
            throw notAKey("Ed25519");
        }
        return SecretBytes.owning(Arrays.copyOfRange(bytes, ED25519.length, bytes.length));
    }

    static BigInteger ecdsaP256Number(SecretBytes info) {
        byte[] bytes = info.exposed();
        int end = P256_NUMBER.length + NUMBER_BYTES;
        if (bytes.length < end || !beginsWith(bytes, P256_NUMBER)) {
            throw notAKey("P-256");
        }
        var d = new BigInteger(1, bytes, P256_NUMBER.length, NUMBER_BYTES);
        if (d.signum() == 0 || d.compareTo(P256.DOMAIN.getN()) >= 0) {
            throw notAKey("P-256");
        }
        try (var only = ecdsaP256(d)) {
            if (!Arrays.equals(only.exposed(), bytes)) {
                throw notAKey("P-256");
            }
        }
        return d;
    }

    static RSAPrivateCrtKey rsaKey(SecretBytes info) {
        try {
            var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(info.exposed()));
            if (key instanceof RSAPrivateCrtKey crt
                    && isConsistent(crt)
                    && Arrays.equals(crt.getEncoded(), info.exposed())) {
                return crt;
            }
            throw notAKey("RSA");
        } catch (GeneralSecurityException e) {
            throw notAKey("RSA");
        }
    }

    /// RFC 8017, section 3.2: the five numbers belong to one key. A wrong one would make wrong signatures,
    /// which give the primes away.
    private static boolean isConsistent(RSAPrivateCrtKey key) {
        var p = key.getPrimeP();
        var q = key.getPrimeQ();
        var e = key.getPublicExponent();
        return p.compareTo(BigInteger.TWO) > 0
                && q.compareTo(BigInteger.TWO) > 0
                && p.multiply(q).equals(key.getModulus())
                && areInverse(e, key.getPrimeExponentP(), p.subtract(BigInteger.ONE))
                && areInverse(e, key.getPrimeExponentQ(), q.subtract(BigInteger.ONE))
                && areInverse(e, key.getPrivateExponent(), p.subtract(BigInteger.ONE))
                && areInverse(e, key.getPrivateExponent(), q.subtract(BigInteger.ONE))
                && areInverse(q, key.getCrtCoefficient(), p);
    }

    private static boolean areInverse(BigInteger a, BigInteger b, BigInteger modulus) {
        return a.multiply(b).mod(modulus).equals(BigInteger.ONE);
    }

    private static boolean beginsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, Math.min(bytes.length, prefix.length), prefix, 0, prefix.length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static MalformedException notAKey(String kind) {
        return new MalformedException("private key is not a PKCS #8 " + kind + " key in its only form");
    }

    /// NIST P-256 (SP 800-186, section 3.2.1.3) in Bouncy Castle's fast arithmetic, without its table of all
    /// curves, which a cold start would pay for.
    static final class P256 {
        static final ECDomainParameters DOMAIN = domain();

        private P256() {}

        private static ECDomainParameters domain() {
            var curve = new SecP256R1Curve();
            var generator =
                    curve.decodePoint(Hex.decode("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
            return new ECDomainParameters(curve, generator, curve.getOrder(), curve.getCofactor());
        }

        /// The public point of a private number, uncompressed.
        static byte[] publicPoint(BigInteger d) {
            return new FixedPointCombMultiplier()
                    .multiply(DOMAIN.getG(), d)
                    .normalize()
                    .getEncoded(false);
        }
    }
}
