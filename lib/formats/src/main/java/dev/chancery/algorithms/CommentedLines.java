// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The lines of a file as minisign and signify write them, taken one after another: a comment behind fixed words, or a
/// value in base64.
///
/// A line ends with LF or CRLF; the last one may lack its end. Comments are bytes: what they must be is for the
/// format to say. Base64 has padding and no bit that does not count (RFC 4648, section 3.5), so that a value has one
/// way to be written.
public final class CommentedLines {
    private final String subject;
    private final String text;
    private int at;

    /// `subject` says in messages whose lines they are: `minisign signature`.
    public CommentedLines(String subject, Bytes file) {
        this.subject = subject;
        this.text = new String(file.toArray(), StandardCharsets.ISO_8859_1);
    }

    /// One line with a comment, as bytes.
    public static String comment(String words, String comment) {
        return words + comment + "\n";
    }

    /// One line with a value.
    public static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value) + "\n";
    }

    public boolean hasMore() {
        return at < text.length();
    }

    /// The bytes behind `words` on the next line; at most `bytesMax`.
    public Bytes comment(String words, int bytesMax) {
        String line = next();
        if (!line.startsWith(words)) {
            throw malformed("has no line \"%s...\" where one belongs".formatted(words));
        }
        if (line.length() - words.length() > bytesMax) {
            throw malformed("has more than %d bytes behind \"%s\"".formatted(bytesMax, words));
        }
        return Bytes.of(line.substring(words.length()).getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The value on the next line, of exactly `length` bytes.
    public byte[] base64(int length) {
        String line = next();
        byte[] value = decoded(line);
        if (value.length != length || !Base64.getEncoder().encodeToString(value).equals(line)) {
            throw malformed("has a line that is not the base64 of %d bytes".formatted(length));
        }
        return value;
    }

    /// Demands that nothing follows.
    public void end() {
        if (hasMore()) {
            throw malformed("has more lines than belong to it");
        }
    }

    private byte[] decoded(String line) {
        try {
            return Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(subject + " has a line that is not base64", e);
        }
    }

    private String next() {
        if (!hasMore()) {
            throw malformed("ends too early");
        }
        int end = text.indexOf('\n', at);
        String line = end < 0 ? text.substring(at) : text.substring(at, end);
        at = end < 0 ? text.length() : end + 1;
        return end > 0 && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private MalformedException malformed(String fault) {
        return new MalformedException(subject + " " + fault);
    }
}
