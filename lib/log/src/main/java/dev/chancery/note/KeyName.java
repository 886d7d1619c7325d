// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;

/// The name in a signature line. Better a URL without its scheme: `log.example.com`.
public record KeyName(String text) {
    /// Bytes of UTF-8: `cosigner_name<1..2^8-1>` in C2SP `tlog-cosignature`.
    public static final int BYTES_MAX = 255;

    public KeyName {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > BYTES_MAX) {
            throw MalformedException.value("key name", text, "has %d bytes, not 1 to %d".formatted(bytes, BYTES_MAX));
        }
        if (text.codePoints().anyMatch(KeyName::isForbidden)) {
            throw MalformedException.value("key name", text, "holds a space, a plus or a control character");
        }
    }

    private static boolean isForbidden(int point) {
        return point == '+'
                || Character.isSpaceChar(point)
                || Character.isWhitespace(point)
                || Character.isISOControl(point);
    }

    @Override
    public String toString() {
        return text;
    }
}
