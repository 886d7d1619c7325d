// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.key.Scheme;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// `Ecdsa-Sig-Value` (RFC 3279, section 2.2.3): two integers in DER and nothing else.
public record EcdsaValue(BigInteger r, BigInteger s) {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    /// SP 800-186, sections 3.2.1.3 and 3.2.1.4: the orders of the curves.
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static final BigInteger P384_ORDER = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);

    /// The integers, each from 1 to the order less one (FIPS 186-5, section 6.4.2, step 1), from their only
    /// encoding. On these curves no length needs more than one octet.
    public static Optional<EcdsaValue> read(Scheme scheme, byte[] der) {
        boolean sequence = der.length > 2 && der[0] == SEQUENCE && der[1] == der.length - 2;
        if (!sequence) {
            return Optional.empty();
        }
        BigInteger order = scheme == Scheme.ECDSA_P256 ? P256_ORDER : P384_ORDER;
        return integer(der, 2, order)
                .flatMap(r -> integer(der, 4 + der[3], order)
                        .filter(s -> 6 + der[3] + der[5 + der[3]] == der.length)
                        .map(s -> new EcdsaValue(r, s)));
    }

    /// The one encoding of two positive integers below 2^384.
    public byte[] der() {
        byte[] one = r.toByteArray();
        byte[] other = s.toByteArray();
        var der = ByteBuffer.allocate(6 + one.length + other.length);
        der.put((byte) SEQUENCE).put((byte) (der.capacity() - 2));
        der.put((byte) INTEGER).put((byte) one.length).put(one);
        der.put((byte) INTEGER).put((byte) other.length).put(other);
        return der.array();
    }

    private static Optional<BigInteger> integer(byte[] der, int at, BigInteger order) {
        boolean fits =
                at + 2 < der.length && der[at] == INTEGER && der[at + 1] > 0 && at + 2 + der[at + 1] <= der.length;
        if (!fits) {
            return Optional.empty();
        }
        byte[] octets = Arrays.copyOfRange(der, at + 2, at + 2 + der[at + 1]);
        var number = new BigInteger(octets);
        boolean minimal = Arrays.equals(number.toByteArray(), octets);
        return minimal && number.signum() > 0 && number.compareTo(order) < 0 ? Optional.of(number) : Optional.empty();
    }
}
