// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes of a zip file by PKWARE's APPNOTE 6.3.10, and its limits. Others than the JDK read it in `PackageIT`.
class StoredZipTest {
    @TempDir
    private Path directory;

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private Path write(Writing writing) throws IOException {
        Path file = directory.resolve("a.zip");
        try (var output = new BufferedOutputStream(Files.newOutputStream(file))) {
            var zip = new StoredZip(output);
            writing.to(zip);
            zip.finish();
        }
        return file;
    }

    private interface Writing {
        void to(StoredZip zip) throws IOException;
    }

    /// Every byte, so that no machine, library or day has another one.
    @Test
    void theBytesOfAFileAreThese() throws IOException {
        Path file = write(zip -> zip.file("a", 0755, () -> bytes("x")));
        assertEquals(
                "504b0304 1400 0008 0000 0000 2100 8316dc8c 01000000 01000000 0100 0000 61 78"
                        + "504b0102 1403 1400 0008 0000 0000 2100 8316dc8c 01000000 01000000 0100 0000 0000 0000 0000"
                        + " 0000ed81 00000000 61"
                        + "504b0506 0000 0000 0100 0100 2f000000 20000000 0000",
                spaced(HexFormat.of().formatHex(Files.readAllBytes(file))));
    }

    /// Takes the expected text's spaces, so that a difference is seen in its field.
    private static String spaced(String hex) {
        var widths = new int[] {
            8, 4, 4, 4, 4, 4, 8, 8, 8, 4, 4, 2, -2, 8, 4, 4, 4, 4, 4, 4, 8, 8, 8, 4, 4, 4, 4, 4, 8, 8, -2, 8, 4, 4, 4,
            4, 8, 8, -4
        };
        var spaced = new StringBuilder();
        int at = 0;
        for (int width : widths) {
            int digits = Math.abs(width);
            spaced.append(hex, at, at + digits).append(width < 0 ? "" : " ");
            at += digits;
        }
        return spaced.append(hex.substring(at)).toString();
    }

    @Test
    void theJdkReadsNamesModesAndContents() throws IOException {
        Path file = write(zip -> {
            zip.file("é/ö", 0644, () -> bytes("content"));
            zip.directory("empty");
            zip.file("nothing", 0755, () -> bytes(""));
        });
        try (var zip = new ZipFile(file.toFile())) {
            assertEquals(3, zip.size());
            try (var content = zip.getInputStream(zip.getEntry("é/ö"))) {
                assertEquals("content", new String(content.readAllBytes(), UTF_8));
            }
            assertEquals(true, zip.getEntry("empty/").isDirectory());
            assertEquals(0, zip.getEntry("nothing").getSize());
        }
    }

    @Test
    void moreEntriesThanSixteenBitsCount() throws IOException {
        for (int count : new int[] {65_534, 65_535, 65_536}) {
            Path file = write(zip -> {
                for (int i = 0; i < count; i++) {
                    zip.directory(String.valueOf(i));
                }
            });
            try (var zip = new ZipFile(file.toFile())) {
                assertEquals(count, zip.size());
            }
        }
    }

    /// Zeros that nobody keeps.
    private static InputStream zeros(long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int wanted) {
                int count = (int) Math.min(wanted, left);
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
    }

    /// A file that has holes where blocks of zeros are.
    private static OutputStream sparse(FileChannel channel) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length == 1 << 16) {
                    channel.position(channel.position() + length);
                } else {
                    channel.write(ByteBuffer.wrap(bytes, offset, length));
                }
            }
        };
    }

    /// The last size that 32 bits hold means "see ZIP64"; and what lies behind such a file is far from the beginning.
    @Test
    void fourGibibytesAreCounted() throws IOException {
        long size = 0xffff_ffffL;
        Path file = directory.resolve("large.zip");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var zip = new StoredZip(sparse(channel));
            zip.file("large", 0644, () -> zeros(size));
            zip.file("behind", 0644, () -> bytes("content"));
            zip.finish();
        }
        try (var zip = new ZipFile(file.toFile())) {
            assertEquals(size, zip.getEntry("large").getSize());
            try (var content = zip.getInputStream(zip.getEntry("behind"))) {
                assertEquals("content", new String(content.readAllBytes(), UTF_8));
            }
        }
    }

    @Test
    void aFileThatChangesBetweenItsReadingsIsRefused() {
        var count = new AtomicInteger();
        var refused = assertThrows(
                RefusedException.class,
                () -> write(zip -> zip.file("a", 0644, () -> bytes("content " + count.getAndIncrement()))));
        assertEquals("content-changed", refused.rule());
    }

    @Test
    void namesAreLimited() throws IOException {
        String longest = "é".repeat(StoredZip.NAME_BYTES_MAX / 2);
        write(zip -> zip.file(longest, 0644, () -> bytes("")));
        for (String wrong : new String[] {longest + "a", "a\\b", "a\nb", "a\u202eb"}) {
            assertThrows(MalformedException.class, () -> write(zip -> zip.file(wrong, 0644, () -> bytes(""))));
        }
    }

    @Test
    void entriesAreLimited() throws IOException {
        var zip = new StoredZip(OutputStream.nullOutputStream());
        for (int i = 0; i < StoredZip.ENTRIES_MAX; i++) {
            zip.directory("a");
        }
        assertThrows(MalformedException.class, () -> zip.directory("a"));
    }
}
