// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.regex.Pattern;

/// The smallest changes that must be noticed: one bit, and everything around it put right again.
final class Forgery {
    /// The last block of a document: its first line with headers and an empty line or neither (OpenSSH), its base64,
    /// its check sum if any, its last line.
    private static final Pattern LAST_BLOCK = Pattern.compile(
            "(?s)(.*-----BEGIN [^\n]*\n(?:(?:[^\n]+\n)*\n)?)([^=-]+={0,2}\n)(=[^\n]{4}\n)?(-----END .*)");

    private static final Pattern LAST_BASE64 =
            Pattern.compile("(?s)(.*[^A-Za-z0-9+/])([A-Za-z0-9+/]{64,}={0,2})([^A-Za-z0-9+/].*)");

    /// A comment, the base64 of a signature, and what follows: minisign and signify.
    private static final Pattern BEHIND_COMMENT = Pattern.compile("(?s)(untrusted comment: [^\n]*\n)([^\n]+)(\n.*)");

    /// RFC 9580, section 6.1.1.
    private static final int CRC24_INIT = 0xB704CE;

    private static final int CRC24_POLYNOMIAL = 0x1864CFB;

    private Forgery() {}

    /// Copies a file and changes one bit in its middle; an empty one gets a byte. Its size does not matter to
    /// memory.
    static Path file(Path original, Path copy) throws IOException {
        Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
        copy.toFile().setWritable(true);
        try (var channel = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long middle = channel.size() / 2;
            var one = ByteBuffer.allocate(1);
            channel.read(one, middle);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            channel.write(one, middle);
        }
        return copy;
    }

    /// A signature with one bit changed, in the value that the key computed; a check sum over it is made anew.
    static byte[] signature(byte[] file, Encoding encoding) {
        if (encoding == Encoding.BINARY) {
            return lastBitChanged(file.clone());
        }
        String text = new String(file, StandardCharsets.UTF_8);
        if (text.startsWith("{")) {
            return lastBase64Changed(text).getBytes(StandardCharsets.UTF_8);
        }
        var commented = BEHIND_COMMENT.matcher(text);
        if (commented.matches()) {
            byte[] value = lastBitChanged(Base64.getDecoder().decode(commented.group(2)));
            String line = Base64.getEncoder().encodeToString(value);
            return (commented.group(1) + line + commented.group(3)).getBytes(StandardCharsets.UTF_8);
        }
        var block = LAST_BLOCK.matcher(text);
        if (!block.matches()) {
            throw new IllegalStateException("a signature in encoding " + encoding.label() + " has no block");
        }
        byte[] packets = lastBitChanged(Base64.getMimeDecoder().decode(block.group(2)));
        String sum = block.group(3) == null ? "" : "=" + crc24(packets) + "\n";
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(packets);
        return (block.group(1) + base64 + "\n" + sum + block.group(4)).getBytes(StandardCharsets.UTF_8);
    }

    /// In a document that is no block of armor the last long base64 is the signature.
    private static String lastBase64Changed(String text) {
        var value = LAST_BASE64.matcher(text);
        if (!value.matches()) {
            throw new IllegalStateException("a signature has no base64");
        }
        byte[] changed = lastBitChanged(Base64.getDecoder().decode(value.group(2)));
        return value.group(1) + Base64.getEncoder().encodeToString(changed) + value.group(3);
    }

    private static byte[] lastBitChanged(byte[] bytes) {
        bytes[bytes.length - 1] ^= 1;
        return bytes;
    }

    private static String crc24(byte[] packets) {
        int crc = CRC24_INIT;
        for (byte octet : packets) {
            crc ^= (octet & 0xFF) << 16;
            for (int bit = 0; bit < 8; bit++) {
                crc <<= 1;
                crc ^= (crc & 0x1000000) == 0 ? 0 : CRC24_POLYNOMIAL;
            }
        }
        return Base64.getEncoder().encodeToString(new byte[] {(byte) (crc >> 16), (byte) (crc >> 8), (byte) crc});
    }
}
