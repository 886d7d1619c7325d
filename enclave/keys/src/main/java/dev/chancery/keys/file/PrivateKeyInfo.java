// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.keys.handle.SecretBytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP384R1Curve;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.BigIntegers;

/// A private key as a DER `PrivateKeyInfo` (PKCS #8; RFC 5958, section 2), in the one form that OpenSSL writes:
///
/// - Ed25519: version 0 and the seed, 48 bytes (RFC 8410, section 7);
/// - ECDSA: `ECPrivateKey` without the curve and with the public point, 138 bytes for P-256, 185 for P-384 (RFC
///   5915, section 3);
/// - RSA: `RSAPrivateKey` of two primes (RFC 8017, appendix A.1.2).
///
/// What is in another form is no private key here: a wrong passphrase can decrypt to anything.
final class PrivateKeyInfo {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] ED25519 = HEX.parseHex("302e020100300506032b657004220420");
    private static final int SEED_BYTES = 32;

    private PrivateKeyInfo() {}

    static SecretBytes ed25519(SecretBytes seed) {
        return SecretBytes.owning(joined(ED25519, seed.exposed()));
    }

    static SecretBytes ecdsa(Curve curve, BigInteger d) {
        byte[] number = BigIntegers.asUnsignedByteArray(curve.numberBytes, d);
        var info = joined(joined(curve.numberPrefix, number), joined(curve.pointPrefix, curve.publicPoint(d)));
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
            case ECDSA_P256 -> PublicKey.ecdsaP256(Curve.p256().publicPoint(ecdsaNumber(Curve.p256(), info)));
            case ECDSA_P384 -> PublicKey.ecdsaP384(Curve.p384().publicPoint(ecdsaNumber(Curve.p384(), info)));
            case RSA -> {
                var key = rsaKey(info);
                yield PublicKey.rsa(key.getModulus(), key.getPublicExponent());
            }
        };
    }

    static SecretBytes ed25519Seed(SecretBytes info) {
        byte[] bytes = info.exposed();
        if (bytes.length != ED25519.length + SEED_BYTES || !beginsWith(bytes, ED25519)) {
            throw notAKey("Ed25519");
        }
        return SecretBytes.owning(Arrays.copyOfRange(bytes, ED25519.length, bytes.length));
    }

    static BigInteger ecdsaNumber(Curve curve, SecretBytes info) {
        byte[] bytes = info.exposed();
        int end = curve.numberPrefix.length + curve.numberBytes;
        if (bytes.length < end || !beginsWith(bytes, curve.numberPrefix)) {
            throw notAKey(curve.name);
        }
        var d = new BigInteger(1, bytes, curve.numberPrefix.length, curve.numberBytes);
        if (d.signum() == 0 || d.compareTo(curve.domain.getN()) >= 0) {
            throw notAKey(curve.name);
        }
        try (var only = ecdsa(curve, d)) {
            if (!Arrays.equals(only.exposed(), bytes)) {
                throw notAKey(curve.name);
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

    /// A curve of NIST (SP 800-186, section 3.2.1) in Bouncy Castle's fast arithmetic, without its table of all
    /// curves, which a cold start would pay for; each is made when it is first needed.
    static final class Curve {
        private final String name;
        private final int numberBytes;
        private final byte[] numberPrefix;
        private final byte[] pointPrefix;
        private final ECDomainParameters domain;

        private Curve(String name, String numberPrefix, String pointPrefix, ECDomainParameters domain) {
            this.name = name;
            this.numberBytes = (domain.getN().bitLength() + 7) / 8;
            this.numberPrefix = HEX.parseHex(numberPrefix);
            this.pointPrefix = HEX.parseHex(pointPrefix);
            this.domain = domain;
        }

        static Curve p256() {
            return P256.CURVE;
        }

        static Curve p384() {
            return P384.CURVE;
        }

        ECDomainParameters domain() {
            return domain;
        }

        /// The public point of a private number, uncompressed.
        byte[] publicPoint(BigInteger d) {
            return new FixedPointCombMultiplier()
                    .multiply(domain.getG(), d)
                    .normalize()
                    .getEncoded(false);
        }

        private static ECDomainParameters domain(ECCurve curve, String generator) {
            var point = curve.decodePoint(HEX.parseHex(generator));
            return new ECDomainParameters(curve, point, curve.getOrder(), curve.getCofactor());
        }
    }

    private static final class P256 {
        static final Curve CURVE = new Curve(
                "P-256",
                "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420",
                "a144034200",
                Curve.domain(
                        new SecP256R1Curve(),
                        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
    }

    private static final class P384 {
        static final Curve CURVE = new Curve(
                "P-384",
                "3081b6020100301006072a8648ce3d020106052b8104002204819e30819b0201010430",
                "a164036200",
                Curve.domain(
                        new SecP384R1Curve(),
                        "04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98"
                                + "59f741e082542a385502f25dbf55296c3a545e3872760ab7"
                                + "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c"
                                + "e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f"));
    }
}
