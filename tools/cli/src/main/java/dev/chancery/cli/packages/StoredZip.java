// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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

    static final int REGULAR_FILE = 0100000;
    static final int DIRECTORY = 0040000;
    static final int DIRECTORY_MODE = 0755;
    static final int MS_DOS_DIRECTORY = 0x10;
    private static final int BUFFER_BYTES = 1 << 16;

    /// Content that is read twice: for its checksum, and to be written.
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    private final OutputStream output;
    private final List<ZipRecords.Entry> entries = new ArrayList<>();
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
        var entry = entry(name, (REGULAR_FILE | (permissions & 0777)) << 16, checked);
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

    private ZipRecords.Entry entry(String text, int attributes, Check content) throws IOException {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        requireName(text, name.length);
        if (entries.size() == ENTRIES_MAX) {
            throw new MalformedException("package has more than %d entries".formatted(ENTRIES_MAX));
        }
        var entry = new ZipRecords.Entry(Bytes.of(name), attributes, content.value(), content.size, written);
        entries.add(entry);
        write(entry.local());
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

    /// Writes the directory at the end. Without it there is no zip file.
    public void finish() throws IOException {
        long begin = written;
        for (var entry : entries) {
            write(entry.central());
        }
        write(ZipRecords.end(entries.size(), begin, written - begin));
        output.flush();
    }

    private void write(ByteBuffer bytes) throws IOException {
        written += bytes.remaining();
        output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
}
