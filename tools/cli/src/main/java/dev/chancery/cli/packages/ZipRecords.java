// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The three structures of a stored zip file, which follow from its entries to the last byte: who reads one writes it
/// again and compares.
final class ZipRecords {
    static final int LOCAL_BYTES = 30;
    static final int CENTRAL_BYTES = 46;
    static final int END_BYTES = 22;
    static final int END_64_BYTES = 56;
    static final int LOCATOR_64_BYTES = 20;
    static final int CENTRAL = 0x02014b50;
    static final long IN_ZIP_64 = 0xffff_ffffL;
    static final int MANY = 0xffff;

    private static final int LOCAL = 0x04034b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    /// Section 4.4.3: 2.0, and 4.5 for ZIP64; made by Unix.
    private static final short VERSION = 20;

    private static final short VERSION_64 = 45;
    private static final short UNIX = 3 << 8;
    /// Section 4.4.4, bit 11: names are UTF-8.
    private static final short UTF_8_NAMES = 1 << 11;
    /// 1 January 1980, as MS-DOS has it.
    private static final short FIRST_DAY = 1 << 5 | 1;

    private ZipRecords() {}

    /// @param attributes the mode of Unix in the upper half, that of MS-DOS in the lower
    /// @param offset of the local header
    record Entry(Bytes name, int attributes, int crc, long size, long offset) {
        boolean isLarge() {
            return size >= IN_ZIP_64;
        }

        boolean isFar() {
            return offset >= IN_ZIP_64;
        }

        /// Section 4.3.7, with the name.
        ByteBuffer local() {
            var extra = extra(isLarge() ? List.of(size, size) : List.of());
            var header = little(LOCAL_BYTES + name.length() + extra.remaining()).putInt(LOCAL);
            header.putShort(isLarge() ? VERSION_64 : VERSION).putShort(UTF_8_NAMES);
            return described(header, extra).put(name.toArray()).put(extra).flip();
        }

        /// Section 4.3.12, with the name.
        ByteBuffer central() {
            var values = new ArrayList<Long>();
            if (isLarge()) {
                values.addAll(List.of(size, size));
            }
            if (isFar()) {
                values.add(offset);
            }
            var extra = extra(values);
            short version = values.isEmpty() ? VERSION : VERSION_64;
            var header =
                    little(CENTRAL_BYTES + name.length() + extra.remaining()).putInt(CENTRAL);
            header.putShort((short) (UNIX | version)).putShort(version).putShort(UTF_8_NAMES);
            described(header, extra).putShort((short) 0).putShort((short) 0).putShort((short) 0);
            header.putInt(attributes).putInt((int) Math.min(offset, IN_ZIP_64));
            return header.put(name.toArray()).put(extra).flip();
        }

        private ByteBuffer described(ByteBuffer header, ByteBuffer extra) {
            int bytes = (int) Math.min(size, IN_ZIP_64);
            header.putShort((short) 0).putShort((short) 0).putShort(FIRST_DAY);
            header.putInt(crc).putInt(bytes).putInt(bytes);
            return header.putShort((short) name.length()).putShort((short) extra.remaining());
        }
    }

    /// Section 4.5.3.
    private static ByteBuffer extra(List<Long> values) {
        if (values.isEmpty()) {
            return little(0);
        }
        var extra = little(4 + Long.BYTES * values.size());
        extra.putShort((short) 1).putShort((short) (Long.BYTES * values.size()));
        values.forEach(extra::putLong);
        return extra.flip();
    }

    /// Sections 4.3.14 to 4.3.16: what stands behind a directory of so many bytes that begins there.
    static ByteBuffer end(int entries, long begin, long size) {
        var end = little(END_64_BYTES + LOCATOR_64_BYTES + END_BYTES);
        if (begin >= IN_ZIP_64 || size >= IN_ZIP_64 || entries >= MANY) {
            end.putInt(END_64).putLong(END_64_BYTES - 12).putShort((short) (UNIX | VERSION_64));
            end.putShort(VERSION_64).putInt(0).putInt(0).putLong(entries).putLong(entries);
            end.putLong(size).putLong(begin);
            end.putInt(LOCATOR_64).putInt(0).putLong(begin + size).putInt(1);
        }
        short count = (short) Math.min(entries, MANY);
        end.putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
        end.putInt((int) Math.min(size, IN_ZIP_64)).putInt((int) Math.min(begin, IN_ZIP_64));
        return end.putShort((short) 0).flip();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
