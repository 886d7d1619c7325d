// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;

/// The name in a certificate (RFC 9580, section 5.11), such as `QA <qa@example.org>`.
public record UserId(String text) {
    /// Bytes of UTF-8: a name and an address fit; stock tools cut longer ones.
    public static final int BYTES_MAX = 255;

    public UserId {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        boolean plain = text.codePoints().noneMatch(Character::isISOControl);
        if (length == 0 || length > BYTES_MAX || !plain) {
            throw MalformedException.value(
                    "user ID", text, "is not 1 to %d bytes without control characters".formatted(BYTES_MAX));
        }
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What stands for it in a certification: `B4 ‖ length ‖ user ID` (section 5.2.4).
    public byte[] hashed() {
        byte[] bytes = bytes();
        return new Octets().octet(0xb4).fourOctets(bytes.length).octets(bytes).toArray();
    }
}
