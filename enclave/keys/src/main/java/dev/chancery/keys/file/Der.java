// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.MalformedException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/// The little DER (ITU-T X.690, section 10) that an encrypted key is written in: read strictly, in order, once.
///
/// Short enough to see through, and it spares a cold start the classes of an ASN.1 library.
final class Der {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int at;
    private final int end;

    Der(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Der(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    Der sequence() {
        int length = header(SEQUENCE);
        at += length;
        return new Der(bytes, at - length, at);
    }

    byte[] octetString() {
        int length = header(OCTET_STRING);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /// A positive number that fits an `int`.
    int integer() {
        int length = header(INTEGER);
        at += length;
        byte[] content = Arrays.copyOfRange(bytes, at - length, at);
        if (length < 1 || length > 4 || content[0] < 0 || (length > 1 && content[0] == 0 && content[1] >= 0)) {
            throw malformed("an integer that is not minimal or out of range");
        }
        return new BigInteger(content).intValueExact();
    }

    /// Bytes that can only be these: an object identifier with its header.
    void exactly(byte[] expected) {
        int stop = Math.min(at + expected.length, end);
        if (!Arrays.equals(bytes, at, stop, expected, 0, expected.length)) {
            throw malformed("another algorithm than PBES2 with scrypt and AES-256-CBC");
        }
        at = stop;
    }

    void end() {
        if (at != end) {
            throw malformed("more than its parts");
        }
    }

    private int header(int tag) {
        if (next() != tag) {
            throw malformed("an element of another kind");
        }
        int first = next();
        int length = switch (first) {
            case 0x81 -> atLeast(0x80, next());
            case 0x82 -> atLeast(0x100, (next() << 8) | next());
            default -> first < 0x80 ? first : Integer.MAX_VALUE;
        };
        if (length > end - at) {
            throw malformed("a length over its end");
        }
        return length;
    }

    private static int atLeast(int min, int length) {
        return length >= min ? length : Integer.MAX_VALUE;
    }

    private int next() {
        if (at == end) {
            throw malformed("an early end");
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }

    private static MalformedException malformed(String fault) {
        return new MalformedException("encrypted private key has " + fault);
    }

    static byte[] sequence(byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return element(SEQUENCE, content.toByteArray());
    }

    static byte[] octetString(byte[] content) {
        return element(OCTET_STRING, content);
    }

    static byte[] integer(int value) {
        return element(INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= 0x100) {
            out.write(0x82);
            out.write(content.length >>> 8);
        } else if (content.length >= 0x80) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
