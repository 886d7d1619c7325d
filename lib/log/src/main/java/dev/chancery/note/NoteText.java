// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Text in lines, as all formats of C2SP are written, and what stands in the lines.
public final class NoteText {
    private static final String LINE_FEED = "\n";

    private NoteText() {}

    /// UTF-8 without control characters but the line feed. The subject names it in errors.
    public static String read(Bytes file, String subject, int bytesMax) {
        if (file.length() > bytesMax) {
            throw new MalformedException("%s has %d bytes, more than %d".formatted(subject, file.length(), bytesMax));
        }
        return plain(decode(file, subject), subject);
    }

    /// The text, if no control character but the line feed stands in it.
    static String plain(String text, String subject) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' && text.charAt(i) != '\n') {
                throw new MalformedException("%s has the control character <U+%04X> at character %d"
                        .formatted(subject, (int) text.charAt(i), i));
            }
        }
        return text;
    }

    private static String decode(Bytes file, String subject) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(subject + " is not UTF-8", e);
        }
    }

    /// The lines of a text, each of which ends with a line feed, without it.
    public static List<String> lines(String text, String subject) {
        if (!text.endsWith(LINE_FEED)) {
            throw new MalformedException(subject + " does not end with a line feed");
        }
        return List.of(text.substring(0, text.length() - 1).split(LINE_FEED, -1));
    }

    public static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Base64 of RFC 4648, section 4, in its one spelling.
    public static byte[] base64(String text, String subject) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException(
                    MalformedException.value(subject, text, "is not base64").sentence(), e);
        }
        throw MalformedException.value(subject, text, "is not base64 as it is written");
    }

    /// A whole number from 0 to 2^63-1, without leading zeroes.
    public static long decimal(String text, String subject) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (digits && (text.length() == 1 || text.charAt(0) != '0')) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new MalformedException(
                        MalformedException.value(subject, text, "is not below 2^63")
                                .sentence(),
                        e);
            }
        }
        throw MalformedException.value(subject, text, "is not decimal digits without leading zeroes");
    }

    static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /// What follows a word and a space at the beginning of a line.
    public static String after(String word, List<String> lines, int at) {
        String line = at < lines.size() ? lines.get(at) : "";
        if (!line.startsWith(word + " ")) {
            throw MalformedException.value("line", line, "does not begin with \"%s \"".formatted(word));
        }
        return line.substring(word.length() + 1);
    }

    /// The text up to the first empty line and the text after it.
    public static List<String> parted(String text, String subject) {
        int at = text.indexOf("\n\n");
        if (at < 0) {
            throw new MalformedException(subject + " has no empty line");
        }
        var parts = new ArrayList<String>();
        parts.add(text.substring(0, at + 1));
        parts.add(text.substring(at + 2));
        return parts;
    }
}
