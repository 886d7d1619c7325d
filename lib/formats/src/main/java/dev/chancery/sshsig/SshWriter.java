// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes the data types of RFC 4251, section 5.
final class SshWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    SshWriter octets(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    SshWriter uint32(int number) {
        return octets(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    SshWriter string(byte[] octets) {
        return uint32(octets.length).octets(octets);
    }

    SshWriter string(Bytes octets) {
        return string(octets.toArray());
    }

    /// A text as [SshReader#text] reads it.
    SshWriter string(String text) {
        return string(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Java's two's complement is that of an `mpint`, except that zero has no bytes there; nobody writes zero here.
    SshWriter mpint(BigInteger number) {
        return string(number.toByteArray());
    }

    Bytes bytes() {
        return Bytes.of(out.toByteArray());
    }
}
