// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Reads a zip file that [StoredZip] could have written, and no other.
///
/// Two programs can read different files out of one zip file: an entry twice, headers that contradict the directory,
/// bytes between entries or around them. So the directory is read, everything but the contents is written again from
/// it, and each byte compared: whatever reads the file by the standard finds what is found here. Names lead to no
/// other place than below where the file is unpacked.
public final class StoredZipFile implements AutoCloseable {
    /// Bytes of the directory at the end.
    public static final int DIRECTORY_BYTES_MAX = 64 << 20;

    /// A file in it.
    public final class Entry {
        private final ZipRecords.Entry entry;

        private Entry(ZipRecords.Entry entry) {
            this.entry = entry;
        }

        public long size() {
            return entry.size();
        }

        /// From its beginning, and independent of other streams.
        public InputStream open() {
            return new Slice(entry.offset() + entry.local().remaining(), entry.size());
        }
    }

    private final Path path;
    private final FileChannel channel;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();

    private StoredZipFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Throws `MalformedException` for every other file.
    public static StoredZipFile open(Path path) {
        try {
            var channel = FileChannel.open(path);
            try {
                var file = new StoredZipFile(path, channel);
                file.read();
                return file;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("zip file", path, e);
        }
    }

    /// By name, in the order of the file, without directories.
    public SequencedMap<String, Entry> entries() {
        return Collections.unmodifiableSequencedMap(entries);
    }

    private void read() throws IOException {
        int tail = (int)
                Math.min(channel.size(), ZipRecords.END_BYTES + ZipRecords.END_64_BYTES + ZipRecords.LOCATOR_64_BYTES);
        var end = bytes(channel.size() - tail, tail);
        require(tail >= ZipRecords.END_BYTES, "it has no end");
        int at = tail - ZipRecords.END_BYTES;
        long count = end.getShort(at + 10) & 0xffff;
        long size = end.getInt(at + 12) & ZipRecords.IN_ZIP_64;
        long begin = end.getInt(at + 16) & ZipRecords.IN_ZIP_64;
        if (at > 0 && (count == ZipRecords.MANY || size == ZipRecords.IN_ZIP_64 || begin == ZipRecords.IN_ZIP_64)) {
            require(at >= ZipRecords.END_64_BYTES + ZipRecords.LOCATOR_64_BYTES, "it has no end");
            count = end.getLong(32);
            size = end.getLong(40);
            begin = end.getLong(48);
        }
        require(count >= 0 && count <= StoredZip.ENTRIES_MAX, "it has too many entries");
        require(size >= 0 && size <= DIRECTORY_BYTES_MAX, "its directory is too long");
        require(begin >= 0 && begin <= channel.size() - size, "its directory is not in it");
        var expected = ZipRecords.end((int) count, begin, size);
        requireSame(expected, begin + size);
        require(begin + size + expected.limit() == channel.size(), "something stands behind its end");
        entries(bytes(begin, (int) size), (int) count, begin);
    }

    private void entries(ByteBuffer directory, int count, long end) throws IOException {
        long offset = 0;
        var all = new java.util.HashSet<String>();
        for (int i = 0; i < count; i++) {
            var entry = entry(directory, offset);
            requireSame(entry.local(), offset);
            String name = name(entry.name().toArray());
            require(all.add(name), "it has " + Quoted.text(name) + " twice");
            if (!name.endsWith("/")) {
                entries.put(name, new Entry(entry));
            }
            offset += entry.local().remaining() + entry.size();
            require(offset <= end, "an entry reaches into its directory");
        }
        require(!directory.hasRemaining() && offset == end, "something stands between its entries and its directory");
    }

    /// The next entry of the directory, which has to be what would be written for it at this offset.
    private ZipRecords.Entry entry(ByteBuffer directory, long offset) {
        int at = directory.position();
        require(directory.remaining() >= ZipRecords.CENTRAL_BYTES, "its directory ends in an entry");
        int crc = directory.getInt(at + 16);
        long size = directory.getInt(at + 24) & ZipRecords.IN_ZIP_64;
        int nameBytes = directory.getShort(at + 28) & 0xffff;
        int extraBytes = directory.getShort(at + 30) & 0xffff;
        int bytes = ZipRecords.CENTRAL_BYTES + nameBytes + extraBytes;
        require(
                nameBytes <= StoredZip.NAME_BYTES_MAX && directory.remaining() >= bytes,
                "its directory ends in an entry");
        if (size == ZipRecords.IN_ZIP_64 && extraBytes >= 4 + Long.BYTES) {
            size = directory.getLong(at + ZipRecords.CENTRAL_BYTES + nameBytes + 4);
        }
        require(size >= 0 && size <= Long.MAX_VALUE - (1L << 32) - offset, "an entry is too long");
        byte[] name = new byte[nameBytes];
        directory.get(at + ZipRecords.CENTRAL_BYTES, name);
        var entry = new ZipRecords.Entry(Bytes.of(name), directory.getInt(at + 38), crc, size, offset);
        require(entry.central().equals(directory.slice(at, bytes)), "its directory is not as it would be written");
        directory.position(at + bytes);
        return entry;
    }

    private String name(byte[] bytes) {
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            boolean within = Arrays.stream(path.split("/", -1))
                    .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
            require(within, "%s leads to somewhere else".formatted(Quoted.text(name)));
            require(
                    name.indexOf('\\') < 0 && name.codePoints().allMatch(Quoted::isPlain),
                    "%s is no name".formatted(Quoted.text(name)));
            return name;
        } catch (CharacterCodingException e) {
            throw new MalformedException(complaint("a name is not UTF-8"), e);
        }
    }

    private ByteBuffer bytes(long from, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("it became shorter");
            }
        }
        return bytes.flip();
    }

    private void requireSame(ByteBuffer expected, long at) throws IOException {
        require(
                at + expected.remaining() <= channel.size()
                        && bytes(at, expected.remaining()).equals(expected),
                "its headers are not as they would be written");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedException(complaint(otherwise));
        }
    }

    private String complaint(String fault) {
        return "zip file %s is none that 'chancery' writes: %s".formatted(path, fault);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw InputFiles.unreadable("zip file", path, e);
        }
    }

    /// A part of the file.
    private final class Slice extends InputStream {
        private long position;
        private final long end;

        Slice(long position, long length) {
            this.position = position;
            this.end = position + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == end) {
                return -1;
            }
            int wanted = (int) Math.min(length, end - position);
            int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
            if (read < 0) {
                throw new EOFException("zip file %s became shorter".formatted(path));
            }
            position += read;
            return read;
        }
    }
}
