// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What [StoredZip] writes is read, and nothing else: not one byte may differ, but for contents.
class StoredZipFileTest {
    private static final String CONTENT = "content of a file";

    @TempDir
    private Path directory;

    private static byte[] zip(String... names) throws IOException {
        var output = new ByteArrayOutputStream();
        var zip = new StoredZip(output);
        for (String name : names) {
            if (name.endsWith("/")) {
                zip.directory(name.substring(0, name.length() - 1));
            } else {
                zip.file(name, 0644, () -> new ByteArrayInputStream(CONTENT.getBytes(UTF_8)));
            }
        }
        zip.finish();
        return output.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("a.zip"), bytes);
    }

    private void assertMalformed(byte[] bytes) throws IOException {
        Path file = file(bytes);
        assertThrows(MalformedException.class, () -> StoredZipFile.open(file).close());
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        try (var zip = StoredZipFile.open(file(zip("b", "dir/", "a/é", "empty/")))) {
            assertEquals(List.of("b", "a/é"), List.copyOf(zip.entries().keySet()));
            for (var entry : zip.entries().values()) {
                assertEquals(CONTENT.length(), entry.size());
                try (var one = entry.open();
                        var other = entry.open()) {
                    assertEquals(CONTENT.charAt(0), one.read());
                    assertArrayEquals(CONTENT.getBytes(UTF_8), other.readAllBytes());
                    assertEquals(CONTENT.length() - 1, one.readAllBytes().length);
                }
            }
        }
        try (var zip = StoredZipFile.open(file(zip()))) {
            assertEquals(0, zip.entries().size());
        }
    }

    @Test
    void seventyThousandEntriesAreRead() throws IOException {
        var names = new ArrayList<String>();
        for (int i = 0; i < 70_000; i++) {
            names.add(i + "/");
        }
        try (var zip = StoredZipFile.open(file(zip(names.toArray(String[]::new))))) {
            assertEquals(0, zip.entries().size());
        }
    }

    @Test
    void everyChangedByteOutsideOfContentsIsFound() throws IOException {
        byte[] right = zip("a", "b");
        var contents = new ArrayList<Integer>();
        for (int at = 0; at < right.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] wrong = right.clone();
                wrong[at] ^= (byte) (1 << bit);
                if (opens(wrong)) {
                    contents.add(at);
                    break;
                }
            }
        }
        // Two contents, and modes and attributes of two entries, which say nothing of where anything is.
        assertEquals(2 * CONTENT.length() + 2 * 4, contents.size(), contents::toString);
    }

    private boolean opens(byte[] bytes) throws IOException {
        try {
            StoredZipFile.open(file(bytes)).close();
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    @Test
    void everyLengthButTheRightOneIsMalformed() throws IOException {
        byte[] right = zip("a", "b");
        for (int length = 0; length < right.length; length++) {
            assertMalformed(Arrays.copyOf(right, length));
        }
        assertMalformed(Arrays.copyOf(right, right.length + 1));
        byte[] before = new byte[right.length + 1];
        System.arraycopy(right, 0, before, 1, right.length);
        assertMalformed(before);
    }

    @Test
    void anEntryTwiceIsMalformed() throws IOException {
        assertMalformed(zip("a", "a"));
        assertMalformed(zip("a/", "a/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../b", "/a", "a//b", "./a", "a/.", "..", "."})
    void aNameThatLeadsElsewhereIsMalformed(String name) throws IOException {
        assertMalformed(zip(name));
    }

    /// The JDK's own, stored and compressed: right by the standard, and not ours.
    @Test
    void zipFilesOfOthersAreMalformed() throws IOException {
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            var output = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(output)) {
                var entry = new ZipEntry("a");
                entry.setMethod(method);
                var crc = new CRC32();
                crc.update(CONTENT.getBytes(UTF_8));
                entry.setCrc(crc.getValue());
                entry.setSize(CONTENT.length());
                zip.putNextEntry(entry);
                zip.write(CONTENT.getBytes(UTF_8));
            }
            assertMalformed(output.toByteArray());
        }
        assertMalformed("no zip file at all, but long enough to be one".getBytes(UTF_8));
    }
}
