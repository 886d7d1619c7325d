// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The printable form of a signature (PROTOCOL.sshsig, section 1), read strictly: its two lines, base64 between
/// them, and nothing before or behind.
final class SshArmor {
    /// Bytes of a signature file: one by the largest key that is accepted has 3,100.
    static final int FILE_BYTES_MAX = 1 << 13;

    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    /// Characters: as ssh-keygen breaks lines. The standard leaves it open, so any length is read.
    private static final int LINE = 70;

    private SshArmor() {}

    static String write(Bytes blob) {
        String base64 = Base64.getEncoder().encodeToString(blob.toArray());
        var text = new StringBuilder(BEGIN).append('\n');
        for (int at = 0; at < base64.length(); at += LINE) {
            text.append(base64, at, Math.min(at + LINE, base64.length())).append('\n');
        }
        return text.append(END).append('\n').toString();
    }

    static Bytes read(Bytes file) {
        if (file.length() > FILE_BYTES_MAX) {
            throw new MalformedException(
                    "SSH signature file has %d bytes, more than %d".formatted(file.length(), FILE_BYTES_MAX));
        }
        var lines =
                new String(file.toArray(), StandardCharsets.ISO_8859_1).lines().toList();
        boolean framed = lines.size() > 2
                && lines.getFirst().equals(BEGIN)
                && lines.getLast().equals(END);
        if (!framed) {
            throw new MalformedException("SSH signature file is not base64 between one line \"%s\" and one line \"%s\""
                    .formatted(BEGIN, END));
        }
        return decoded("SSH signature file", String.join("", lines.subList(1, lines.size() - 1)));
    }

    /// Base64 in its one form (RFC 4648, section 3.5): Java's decoder lets bits through that mean nothing.
    static Bytes decoded(String subject, String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return Bytes.of(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException(subject + " has base64 that is not right: " + e.getMessage(), e);
        }
        throw new MalformedException(subject + " has no base64, or not in its one form");
    }
}
