// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// Ed25519's equation without the cofactor, `R = [S]B - [k]A`, in the simplest arithmetic (RFC 8032, section
/// 5.1).
///
/// Libraries differ on public keys that no signer makes: points with a component of small order, and encodings
/// that are not canonical. OpenSSL, libgcrypt and Go compute `R` and compare its encoding; so does this. It
/// takes milliseconds and is asked only for such keys.
final class Ed25519Equation {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D = quotient(BigInteger.valueOf(-121665), BigInteger.valueOf(121666));
    private static final BigInteger SQRT_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
    /// Section 5.1: `B` has `y = 4/5` and an even `x`.
    private static final Point BASE = Point.decode(encoded(quotient(BigInteger.valueOf(4), BigInteger.valueOf(5))))
            .orElseThrow();

    private Ed25519Equation() {}

    static boolean holds(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != 32 || signature.length != 64) {
            return false;
        }
        byte[] r = Arrays.copyOf(signature, 32);
        BigInteger s = number(Arrays.copyOfRange(signature, 32, 64));
        if (s.compareTo(L) >= 0) {
            return false; // section 5.1.7, step 1
        }
        BigInteger k = number(sha512(r, publicKey, message)).mod(L); // step 2
        return Point.decode(publicKey)
                .map(a -> BASE.times(s).plus(a.negated().times(k)).encode()) // step 3
                .map(computed -> Arrays.equals(computed, r))
                .orElse(false);
    }

    /// Whether this can be the one encoding of a point: `y` below `p`, and no sign where `x` is zero, which is
    /// where `y` is 1 or -1 (section 5.1.3, steps 1 and 4).
    static boolean isCanonical(byte[] point) {
        BigInteger y = number(point).clearBit(255);
        boolean zero = y.equals(BigInteger.ONE) || y.equals(P.subtract(BigInteger.ONE));
        return y.compareTo(P) < 0 && !(zero && point[31] < 0);
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            var sha512 = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                sha512.update(part);
            }
            return sha512.digest();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-512", e);
        }
    }

    private static BigInteger number(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
        }
        return new BigInteger(1, bigEndian);
    }

    private static byte[] encoded(BigInteger number) {
        byte[] littleEndian = new byte[32];
        for (int i = 0; i < littleEndian.length; i++) {
            littleEndian[i] = number.shiftRight(8 * i).byteValue();
        }
        return littleEndian;
    }

    private static BigInteger quotient(BigInteger a, BigInteger b) {
        return a.multiply(b.modInverse(P)).mod(P);
    }

    /// A point in extended homogeneous coordinates (section 5.1.4).
    private record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {
        private static final Point NEUTRAL =
                new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

        /// Section 5.1.3, but for its demand that the encoding be canonical: `y` is taken modulo `p`.
        static Optional<Point> decode(byte[] encoding) {
            boolean odd = encoding[31] < 0;
            BigInteger y = number(encoding).clearBit(255).mod(P);
            BigInteger yy = y.multiply(y);
            BigInteger xx = quotient(yy.subtract(BigInteger.ONE), D.multiply(yy).add(BigInteger.ONE));
            BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
            if (!x.multiply(x).mod(P).equals(xx)) {
                x = x.multiply(SQRT_MINUS_ONE).mod(P);
            }
            if (!x.multiply(x).mod(P).equals(xx)) {
                return Optional.empty();
            }
            x = x.testBit(0) == odd ? x : x.negate().mod(P);
            return Optional.of(new Point(x, y, BigInteger.ONE, x.multiply(y).mod(P)));
        }

        /// Section 5.1.2.
        byte[] encode() {
            byte[] encoding = encoded(quotient(y, z));
            if (quotient(x, z).testBit(0)) {
                encoding[31] |= (byte) 0x80;
            }
            return encoding;
        }

        Point negated() {
            return new Point(x.negate().mod(P), y, z, t.negate().mod(P));
        }

        Point times(BigInteger factor) {
            Point product = NEUTRAL;
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                product = product.plus(product);
                product = factor.testBit(bit) ? product.plus(this) : product;
            }
            return product;
        }

        Point plus(Point other) {
            BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(P);
            BigInteger b = y.add(x).multiply(other.y.add(other.x)).mod(P);
            BigInteger c = t.shiftLeft(1).multiply(D).mod(P).multiply(other.t).mod(P);
            BigInteger d = z.shiftLeft(1).multiply(other.z).mod(P);
            BigInteger e = b.subtract(a);
            BigInteger f = d.subtract(c);
            BigInteger g = d.add(c);
            BigInteger h = b.add(a);
            return new Point(
                    e.multiply(f).mod(P),
                    g.multiply(h).mod(P),
                    f.multiply(g).mod(P),
                    e.multiply(h).mod(P));
        }
    }
}
