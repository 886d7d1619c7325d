// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The text forms against vectors written by hand, one file each: see `vectors/text/README.md`.
class TextReaderTest {
    private static final Path VECTORS = Path.of("src/test/resources/vectors/text");

    record Vector(String name, String content, String text, String cleartext) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> vectors() throws IOException {
        var vectors = new ArrayList<Vector>();
        try (var files = Files.newDirectoryStream(VECTORS, "*.txt")) {
            for (Path file : files) {
                var lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
                vectors.add(new Vector(
                        file.getFileName().toString(),
                        field(lines, "content"),
                        field(lines, "text"),
                        field(lines, "cleartext")));
            }
        }
        return vectors;
    }

    /// `name|bytes|`, where `\r`, `\n`, `\t` are one byte each.
    private static String field(List<String> lines, String name) {
        String line = lines.stream()
                .filter(each -> each.startsWith(name + "|") && each.endsWith("|"))
                .findFirst()
                .orElseThrow();
        return line.substring(name.length() + 1, line.length() - 1)
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t");
    }

    /// The content in one of its forms, given to the reader in two parts.
    static byte[] read(ContentForm form, byte[] content, int split) {
        var out = new ByteArrayOutputStream();
        var reader = new TextReader(form, buffer -> {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            out.writeBytes(bytes);
        });
        reader.update(ByteBuffer.wrap(content, 0, split));
        reader.update(ByteBuffer.wrap(content, split, content.length - split));
        reader.finish();
        return out.toByteArray();
    }

    @Test
    void thereAreVectors() throws IOException {
        assertTrue(vectors().size() >= 20);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsEachVectorAtEverySplit(Vector vector) {
        byte[] content = vector.content().getBytes(StandardCharsets.US_ASCII);
        for (int split = 0; split <= content.length; split++) {
            assertEquals(vector.text(), string(read(ContentForm.TEXT, content, split)), "text, split " + split);
            assertEquals(
                    vector.cleartext(),
                    string(read(ContentForm.CLEARTEXT, content, split)),
                    "cleartext, split " + split);
        }
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /// RFC 9580, section 7.2, done a second time with whole lines in memory, on random short texts.
    @Test
    void agreesWithAPlainReading() {
        var random = new Random(72);
        byte[] alphabet = "a \t\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 20_000; round++) {
            byte[] content = new byte[random.nextInt(9)];
            for (int i = 0; i < content.length; i++) {
                content[i] = alphabet[random.nextInt(alphabet.length)];
            }
            String text = string(content);
            int split = random.nextInt(content.length + 1);
            assertEquals(plain(text, false), string(read(ContentForm.TEXT, content, split)), () -> shown(text));
            assertEquals(plain(text, true), string(read(ContentForm.CLEARTEXT, content, split)), () -> shown(text));
        }
    }

    private static String shown(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }

    private static String plain(String text, boolean cleartext) {
        String normal = text.replace("\r\n", "\n").replace("\n", "\r\n");
        if (!cleartext) {
            return normal;
        }
        var lines = new ArrayList<String>();
        for (String line : normal.split("\r\n", -1)) {
            lines.add(line.replaceAll("[ \t\r]+\\z", ""));
        }
        // The line ending that ends the last line is not part of the text; a text without one has none to leave out.
        if (normal.endsWith("\r\n")) {
            lines.removeLast();
        }
        return String.join("\r\n", lines);
    }

    @Test
    void aRunOfWhiteSpaceHasItsLimit() {
        byte[] most = " ".repeat(TextReader.WHITESPACE_RUN_BYTES_MAX).getBytes(StandardCharsets.US_ASCII);
        assertEquals(0, read(ContentForm.CLEARTEXT, most, most.length).length);
        byte[] kept = (string(most) + "a").getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(kept, read(ContentForm.CLEARTEXT, kept, 5));
        byte[] more = (string(most) + "\t").getBytes(StandardCharsets.US_ASCII);
        assertThrows(MalformedException.class, () -> read(ContentForm.CLEARTEXT, more, 5));
        assertArrayEquals(more, read(ContentForm.TEXT, more, 5));
    }

    @Test
    void longTextsAreReadAcrossTheReadersOwnBuffer() {
        byte[] content = "line \r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        assertEquals("line\r\n".repeat(19_999) + "line", string(read(ContentForm.CLEARTEXT, content, 70_001)));
        assertArrayEquals(content, read(ContentForm.TEXT, content, 70_001));
    }
}
