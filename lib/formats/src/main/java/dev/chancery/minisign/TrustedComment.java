// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// The comment that the second signature covers: any text, in which fields are set apart by tabs by convention.
///
/// @param signedAt what the first field that begins with `timestamp:` says, when it is seconds from 1970 to 2106
record TrustedComment(Bytes bytes, Optional<Instant> signedAt) {
    /// Bytes: what minisign has room for.
    static final int BYTES_MAX = 8 << 10;

    /// Digits of a number of seconds that four octets hold.
    private static final int TIMESTAMP_DIGITS_MAX = 10;

    private static final long TIMESTAMP_MAX = 0xffff_ffffL;

    /// Takes UTF-8 without control characters, as minisign does from release 0.12 on.
    static TrustedComment parse(Bytes bytes) {
        String text = text(bytes);
        if (!text.codePoints().allMatch(point -> point == '\t' || !Character.isISOControl(point))) {
            throw new MalformedException("minisign signature has a trusted comment with a control character");
        }
        return new TrustedComment(bytes, signedAt(text));
    }

    private static String text(Bytes bytes) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return decoder.decode(ByteBuffer.wrap(bytes.toArray())).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("minisign signature has a trusted comment that is not UTF-8", e);
        }
    }

    private static Optional<Instant> signedAt(String text) {
        for (String field : text.split("\t", -1)) {
            if (field.startsWith(MinisignFormat.TIMESTAMP)) {
                return seconds(field.substring(MinisignFormat.TIMESTAMP.length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> seconds(String digits) {
        boolean wellFormed = !digits.isEmpty()
                && digits.length() <= TIMESTAMP_DIGITS_MAX
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && Long.parseLong(digits) <= TIMESTAMP_MAX;
        return wellFormed ? Optional.of(Instant.ofEpochSecond(Long.parseLong(digits))) : Optional.empty();
    }
}
