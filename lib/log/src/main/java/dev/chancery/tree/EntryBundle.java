// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// "Sequences of big-endian uint16 length-prefixed log entries".
public record EntryBundle(List<Bytes> entries) {
    /// Bytes: the length has two bytes.
    public static final int ENTRY_BYTES_MAX = 65_535;
    /// Bytes: a full bundle of the longest entries.
    public static final int BYTES_MAX = TilePath.WIDTH * (Short.BYTES + ENTRY_BYTES_MAX);

    public EntryBundle {
        entries = List.copyOf(entries);
        if (entries.isEmpty() || entries.size() > TilePath.WIDTH) {
            throw new MalformedException(
                    "entry bundle has %d entries, not 1 to %d".formatted(entries.size(), TilePath.WIDTH));
        }
        entries.forEach(EntryBundle::check);
    }

    static void check(Bytes entry) {
        if (entry.length() > ENTRY_BYTES_MAX) {
            throw new MalformedException(
                    "log entry has %d bytes, more than %d".formatted(entry.length(), ENTRY_BYTES_MAX));
        }
    }

    public static EntryBundle parse(Bytes file) {
        var rest = ByteBuffer.wrap(file.toArray());
        var entries = new ArrayList<Bytes>();
        while (rest.hasRemaining()) {
            int length = rest.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining() || entries.size() == TilePath.WIDTH) {
                throw new MalformedException("entry bundle of %d bytes breaks in or after its entry %d"
                        .formatted(file.length(), entries.size()));
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(Bytes.of(entry));
        }
        return new EntryBundle(entries);
    }

    public Bytes write() {
        int length =
                entries.stream().mapToInt(entry -> Short.BYTES + entry.length()).sum();
        var buffer = ByteBuffer.allocate(length);
        for (Bytes entry : entries) {
            buffer.putShort((short) entry.length()).put(entry.toArray());
        }
        return Bytes.of(buffer.array());
    }
}
