// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.publication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The mail addresses in user IDs, and how WKD names them.
final class Addresses {
    /// What gpg takes for an address: no white space, no angle brackets, one `@`.
    private static final Pattern ADDRESS = Pattern.compile("[^@<>\\s\\p{Cntrl}]+@[^@<>\\s\\p{Cntrl}]+");

    /// draft-koch-openpgp-webkey-service, section 3.1: the letters of z-base-32 (RFC 6189, section 5.1.6).
    private static final String LETTERS = "ybndrfg8ejkmcpqxot1uwisza345h769";

    private Addresses() {}

    /// `QA <qa@example.org>` and `qa@example.org` have one, in lower case.
    static Optional<String> of(String userId) {
        int from = userId.lastIndexOf('<');
        boolean framed = from >= 0 && userId.endsWith(">");
        String address = framed ? userId.substring(from + 1, userId.length() - 1) : userId;
        return ADDRESS.matcher(address).matches() ? Optional.of(address.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    static String domain(String address) {
        return address.substring(address.indexOf('@') + 1);
    }

    /// The local part in lower case, hashed by SHA-1, in z-base-32: 32 letters. SHA-1 names and secures nothing
    /// here.
    static String hash(String address) {
        String local = address.substring(0, address.indexOf('@')).toLowerCase(Locale.ROOT);
        try {
            return written(MessageDigest.getInstance("SHA-1").digest(local.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }

    private static String written(byte[] octets) {
        var text = new StringBuilder();
        for (int bit = 0; bit < octets.length * Byte.SIZE; bit += 5) {
            int five = 0;
            for (int i = bit; i < bit + 5; i++) {
                five = five << 1 | (octets[i / Byte.SIZE] >> (7 - i % Byte.SIZE) & 1);
            }
            text.append(LETTERS.charAt(five));
        }
        return text.toString();
    }
}
