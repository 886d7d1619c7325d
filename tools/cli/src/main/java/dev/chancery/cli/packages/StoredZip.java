// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Writes a zip file without compression. Every byte follows from names, modes and contents.
public final class StoredZip {
    /// Entries of one file.
    public static final int ENTRIES_MAX = 1_000_000;

    /// Bytes of a name: the field has sixteen bits, and no file system takes as much.
    static final int NAME_BYTES_MAX = 4_096;

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int END_64_BYTES = 56;
    private static final int LOCATOR_64_BYTES = 20;
    /// Section 4.4.3: 2.0, and 4.5 for ZIP64; made by Unix.
    private static final short VERSION = 20;
    private static final short VERSION_64 = 45;
    private static final short UNIX = 3 << 8;
    /// Section 4.4.4, bit 11: names are UTF-8.
    private static final short UTF_8_NAMES = 1 << 11;
    /// 1 January 1980, as MS-DOS has it.
    private static final short FIRST_DAY = 1 << 5 | 1;
    private static final int REGULAR_FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int DIRECTORY_MODE = 0755;
    private static final int MS_DOS_DIRECTORY = 0x10;
    private static final long IN_ZIP_64 = 0xffff_ffffL;
    private static final int MANY = 0xffff;
    private static final int BUFFER_BYTES = 1 << 16;

    /// Content that is read twice: for its checksum, and to be written.
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    private record Entry(byte[] name, int attributes, int crc, long size, long offset) {
        boolean isLarge() {
            return size >= IN_ZIP_64;
        }

        boolean isFar() {
            return offset >= IN_ZIP_64;
        }
    }

    private final OutputStream output;
    private final List<Entry> entries = new ArrayList<>();
    private long written;

    public StoredZip(OutputStream output) {
        this.output = output;
    }

    /// A file with permissions, of which the nine lowest bits count. Throws `RefusedException` (`content-changed`) for
    /// one that changes between its two readings.
    public void file(String name, int permissions, Content content) throws IOException {
        var checked = new Check();
        try (var input = content.open()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                checked.add(buffer, read);
            }
        }
        var entry = entry(name, (REGULAR_FILE | permissions & 0777) << 16, checked);
        var again = new Check();
        try (var input = content.open()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                again.add(buffer, read);
                write(ByteBuffer.wrap(buffer, 0, read));
            }
        }
        if (again.size != entry.size() || again.value() != entry.crc()) {
            throw new RefusedException("content-changed", "%s changed while it was read".formatted(Quoted.text(name)));
        }
    }

    /// An empty directory.
    public void directory(String name) throws IOException {
        entry(name + "/", (DIRECTORY | DIRECTORY_MODE) << 16 | MS_DOS_DIRECTORY, new Check());
    }

    private static final class Check {
        private final CRC32 crc = new CRC32();
        private long size;

        void add(byte[] bytes, int length) {
            crc.update(bytes, 0, length);
            size += length;
        }

        int value() {
            return (int) crc.getValue();
        }
    }

    /// Section 4.3.7.
    private Entry entry(String text, int attributes, Check content) throws IOException {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        requireName(text, name.length);
        if (entries.size() == ENTRIES_MAX) {
            throw new MalformedException("package has more than %d entries".formatted(ENTRIES_MAX));
        }
        var entry = new Entry(name, attributes, content.value(), content.size, written);
        entries.add(entry);
        var extra = extra(entry.isLarge() ? new long[] {entry.size(), entry.size()} : new long[0]);
        var header = little(LOCAL_BYTES).putInt(LOCAL).putShort(entry.isLarge() ? VERSION_64 : VERSION);
        header.putShort(UTF_8_NAMES).putShort((short) 0).putShort((short) 0).putShort(FIRST_DAY);
        sizes(header, entry, extra);
        write(header.flip());
        write(ByteBuffer.wrap(name));
        write(extra);
        return entry;
    }

    private static void requireName(String text, int bytes) {
        if (bytes > NAME_BYTES_MAX
                || text.indexOf('\\') >= 0
                || !text.codePoints().allMatch(Quoted::isPlain)) {
            throw new MalformedException("%s cannot be a name in a package: it has a backslash or a control character,"
                            .formatted(Quoted.text(text))
                    + " or more than %d bytes".formatted(NAME_BYTES_MAX));
        }
    }

    private static void sizes(ByteBuffer header, Entry entry, ByteBuffer extra) {
        int size = (int) Math.min(entry.size(), IN_ZIP_64);
        header.putInt(entry.crc()).putInt(size).putInt(size);
        header.putShort((short) entry.name().length).putShort((short) extra.remaining());
    }

    /// Section 4.5.3.
    private static ByteBuffer extra(long... values) {
        var extra = little(values.length == 0 ? 0 : 4 + Long.BYTES * values.length);
        if (values.length > 0) {
            extra.putShort((short) 1).putShort((short) (Long.BYTES * values.length));
            for (long value : values) {
                extra.putLong(value);
            }
        }
        return extra.flip();
    }

    /// Writes the directory at the end. Without it there is no zip file.
    public void finish() throws IOException {
        long begin = written;
        for (var entry : entries) {
            central(entry);
        }
        long size = written - begin;
        boolean large = begin >= IN_ZIP_64 || size >= IN_ZIP_64 || entries.size() >= MANY;
        if (large) {
            end64(begin, size);
        }
        short count = (short) Math.min(entries.size(), MANY);
        var end = little(END_BYTES)
                .putInt(END)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(count);
        end.putShort(count).putInt((int) Math.min(size, IN_ZIP_64)).putInt((int) Math.min(begin, IN_ZIP_64));
        write(end.putShort((short) 0).flip());
        output.flush();
    }

    /// Section 4.3.12.
    private void central(Entry entry) throws IOException {
        var values = new ArrayList<Long>();
        if (entry.isLarge()) {
            values.addAll(List.of(entry.size(), entry.size()));
        }
        if (entry.isFar()) {
            values.add(entry.offset());
        }
        var extra = extra(values.stream().mapToLong(Long::longValue).toArray());
        short version = values.isEmpty() ? VERSION : VERSION_64;
        var header = little(CENTRAL_BYTES)
                .putInt(CENTRAL)
                .putShort((short) (UNIX | version))
                .putShort(version);
        header.putShort(UTF_8_NAMES).putShort((short) 0).putShort((short) 0).putShort(FIRST_DAY);
        sizes(header, entry, extra);
        header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(entry.attributes());
        write(header.putInt((int) Math.min(entry.offset(), IN_ZIP_64)).flip());
        write(ByteBuffer.wrap(entry.name()));
        write(extra);
    }

    /// Sections 4.3.14 and 4.3.15.
    private void end64(long begin, long size) throws IOException {
        long here = written;
        var end = little(END_64_BYTES).putInt(END_64).putLong(END_64_BYTES - 12).putShort((short) (UNIX | VERSION_64));
        end.putShort(VERSION_64).putInt(0).putInt(0).putLong(entries.size()).putLong(entries.size());
        write(end.putLong(size).putLong(begin).flip());
        var locator = little(LOCATOR_64_BYTES).putInt(LOCATOR_64).putInt(0).putLong(here);
        write(locator.putInt(1).flip());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(ByteBuffer bytes) throws IOException {
        written += bytes.remaining();
        output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
}
