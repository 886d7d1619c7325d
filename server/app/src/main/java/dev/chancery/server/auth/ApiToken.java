// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// A secret that names a caller. `chy_` and 58 characters of base32 (RFC 4648, section 6, in lower case,
/// without padding): 32 random bytes and their CRC-32, big-endian.
///
/// Prefix and checksum let a scanner find leaked tokens without false alarms (`chy_[a-z2-7]{58}`), and tell a
/// mistyped one from one that is not known. Only the SHA-256 of the text is kept anywhere: the secret has 256
/// bits, so it takes no slow hash.
public final class ApiToken {
    /// What every token begins with.
    public static final String PREFIX = "chy_";

    private static final int SECRET_BYTES = 32;
    private static final int CHECK_BYTES = 4;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern FORM = Pattern.compile("chy_[a-z2-7]{58}");

    private final String text;

    private ApiToken(String text) {
        this.text = text;
    }

    public static ApiToken create(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new ApiToken(PREFIX + base32(checked(secret)));
    }

    /// Reads a token. What is malformed is told without the text, which may be a secret with one wrong
    /// character.
    public static ApiToken parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new MalformedException("token is not %s and 58 characters a to z and 2 to 7".formatted(PREFIX));
        }
        byte[] bytes = bytes(text.substring(PREFIX.length()));
        byte[] expected = checked(Arrays.copyOf(bytes, SECRET_BYTES));
        // Written again it has to be the same: the last character has two bits that mean nothing.
        if (!Arrays.equals(bytes, expected) || !text.equals(PREFIX + base32(expected))) {
            throw new MalformedException("token does not fit its checksum: it was mistyped or cut");
        }
        return new ApiToken(text);
    }

    /// What is kept of it: the SHA-256 of its text.
    public Bytes hash() {
        try {
            byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(ascii));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// The secret itself, to be shown once to who will use it.
    public String secretText() {
        return text;
    }

    private static byte[] checked(byte[] secret) {
        var crc = new CRC32();
        crc.update(secret);
        return ByteBuffer.allocate(SECRET_BYTES + CHECK_BYTES)
                .put(secret)
                .putInt((int) crc.getValue())
                .array();
    }

    private static String base32(byte[] bytes) {
        var text = new StringBuilder();
        for (int bit = 0; bit < 8 * bytes.length; bit += 5) {
            int value = 0;
            for (int i = bit; i < bit + 5; i++) {
                value = value << 1 | (i < 8 * bytes.length ? bytes[i / 8] >> (7 - i % 8) & 1 : 0);
            }
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }

    private static byte[] bytes(String base32) {
        byte[] bytes = new byte[SECRET_BYTES + CHECK_BYTES];
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            int value = ALPHABET.indexOf(base32.charAt(bit / 5));
            bytes[bit / 8] |= (byte) ((value >> (4 - bit % 5) & 1) << (7 - bit % 8));
        }
        return bytes;
    }

    /// Not the secret.
    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
