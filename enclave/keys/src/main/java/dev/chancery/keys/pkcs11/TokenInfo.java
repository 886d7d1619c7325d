// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// What we read of a `CK_TOKEN_INFO` (PKCS #11 v3.0, section 3.2). `sessionsMax` is 0 where the token sets
/// no limit (`CK_EFFECTIVELY_INFINITE`) and [Ck#UNAVAILABLE_INFORMATION] where it does not tell.
record TokenInfo(String label, long flags, long sessionsMax) {
    /// Bytes: label 32, manufacturer 32, model 16, serial number 16, eleven `CK_ULONG`, two versions, time
    /// 16; padded.
    static final long BYTES = 208;

    private static final int LABEL_BYTES = 32;
    private static final long FLAGS_OFFSET = 96;
    private static final long SESSIONS_MAX_OFFSET = 104;

    /// The label is padded with blanks, "not null-terminated".
    static TokenInfo of(MemorySegment struct) {
        byte[] label = struct.asSlice(0, LABEL_BYTES).toArray(ValueLayout.JAVA_BYTE);
        return new TokenInfo(
                new String(label, StandardCharsets.UTF_8).stripTrailing(),
                struct.get(ValueLayout.JAVA_LONG, FLAGS_OFFSET),
                struct.get(ValueLayout.JAVA_LONG, SESSIONS_MAX_OFFSET));
    }

    boolean has(long flag) {
        return (flags & flag) != 0;
    }
}
