// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Attributes and their values, for a search or a new object: `CK_ATTRIBUTE[]` (PKCS #11 v3.0, section 3.4).
final class Template {
    /// `CK_ATTRIBUTE`: `type`, `pValue`, `ulValueLen`.
    static final long ATTRIBUTE_BYTES = 3 * Long.BYTES;

    private final Map<Long, byte[]> attributes = new LinkedHashMap<>();

    /// A `CK_BBOOL`.
    Template with(long type, boolean value) {
        return with(type, new byte[] {(byte) (value ? 1 : 0)});
    }

    /// A `CK_ULONG`.
    Template with(long type, long value) {
        return with(
                type,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(value)
                        .array());
    }

    Template with(long type, String value) {
        return with(type, value.getBytes(StandardCharsets.UTF_8));
    }

    Template with(long type, byte[] value) {
        attributes.put(type, value.clone());
        return this;
    }

    int count() {
        return attributes.size();
    }

    MemorySegment allocate(SegmentAllocator memory) {
        var array = memory.allocate(ATTRIBUTE_BYTES * count(), Long.BYTES);
        long at = 0;
        for (var attribute : attributes.entrySet()) {
            byte[] value = attribute.getValue();
            array.set(JAVA_LONG, at, attribute.getKey());
            array.set(ADDRESS, at + Long.BYTES, memory.allocateFrom(JAVA_BYTE, value));
            array.set(JAVA_LONG, at + 2 * Long.BYTES, value.length);
            at += ATTRIBUTE_BYTES;
        }
        return array;
    }
}
