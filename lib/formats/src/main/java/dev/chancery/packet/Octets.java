// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/// Writes OpenPGP's elements one after another (RFC 9580, sections 3 and 4).
public final class Octets {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public Octets octet(int value) {
        bytes.write(value);
        return this;
    }

    public Octets twoOctets(int value) {
        return octet(value >>> 8).octet(value);
    }

    public Octets fourOctets(long value) {
        return twoOctets((int) (value >>> 16)).twoOctets((int) value);
    }

    public Octets octets(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    /// Section 3.2: a length in bits, then the octets without leading zeros.
    public Octets multiprecisionInteger(byte[] unsigned) {
        var number = new BigInteger(1, unsigned);
        int length = (number.bitLength() + 7) / 8;
        byte[] stripped = new byte[length];
        byte[] padded = number.toByteArray();
        System.arraycopy(padded, padded.length - length, stripped, 0, length);
        return twoOctets(number.bitLength()).octets(stripped);
    }

    /// Section 4.2.1: a packet with an OpenPGP-format header and a body of known length.
    public Octets packet(int tag, byte[] body) {
        octet(0xc0 | tag);
        if (body.length < 192) {
            octet(body.length);
        } else if (body.length < 8384) {
            int rest = body.length - 192;
            octet((rest >>> 8) + 192).octet(rest);
        } else {
            octet(0xff).fourOctets(body.length);
        }
        return octets(body);
    }

    /// Section 5.2.3.7: a signature subpacket shorter than 192 octets, or with a two-octet length.
    public Octets subpacket(int type, byte[] body) {
        int length = body.length + 1;
        if (length < 192) {
            octet(length);
        } else {
            int rest = length - 192;
            octet((rest >>> 8) + 192).octet(rest);
        }
        return octet(type).octets(body);
    }

    public byte[] toArray() {
        return bytes.toByteArray();
    }
}
