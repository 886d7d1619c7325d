// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the data types of RFC 4251, section 5, from front to end. No length is believed before it was compared
/// with what is left.
final class SshReader {
    private final String subject;
    private final byte[] bytes;
    private int at;

    /// `subject` begins the sentence of every fault: `SSH signature`.
    SshReader(String subject, Bytes bytes) {
        this.subject = subject;
        this.bytes = bytes.toArray();
    }

    byte[] octets(int count) {
        if (count < 0 || count > bytes.length - at) {
            throw malformed("claims %d bytes where %d are left".formatted(count & 0xffff_ffffL, bytes.length - at));
        }
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    /// As a Java `int`, negative from 2^31 on.
    int uint32() {
        return ByteBuffer.wrap(octets(Integer.BYTES)).getInt();
    }

    Bytes string() {
        return Bytes.of(octets(uint32()));
    }

    /// A `string` one character for each byte, so that names compare as their bytes do.
    String text() {
        return new String(octets(uint32()), StandardCharsets.ISO_8859_1);
    }

    /// An `mpint` above zero. Negative ones and needless leading zeros mean no number that anybody signs with.
    BigInteger positive() {
        byte[] octets = octets(uint32());
        if (octets.length > 0) {
            var number = new BigInteger(octets);
            if (number.signum() > 0 && Arrays.equals(number.toByteArray(), octets)) {
                return number;
            }
        }
        throw malformed("has an integer that is not positive or not in its shortest form");
    }

    void end() {
        if (at < bytes.length) {
            throw malformed("has %d bytes behind its end".formatted(bytes.length - at));
        }
    }

    MalformedException malformed(String fault) {
        return new MalformedException(subject + " " + fault);
    }
}
