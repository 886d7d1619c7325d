// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the authorities of a tag sign: its name line and its text. See the package comment for its form.
public final class TagPayload {
    /// Bytes: parameters of a job, a list of digests, a page of notes; the whole payload travels to the signer.
    public static final int BYTES_MAX = 64 << 10;
    /// Lines: more than anybody reads before he signs.
    public static final int LINES_MAX = 2_000;

    private static final String NAME = "tag:";

    private final Bytes bytes;
    private final Optional<TagName> name;
    private final String text;

    private TagPayload(Bytes bytes, Optional<TagName> name, String text) {
        this.bytes = bytes;
        this.name = name;
        this.text = text;
    }

    /// Reads a payload, with a name line or without.
    public static TagPayload parse(Bytes bytes) {
        if (bytes.length() == 0) {
            throw malformed("is empty");
        }
        if (bytes.length() > BYTES_MAX) {
            throw malformed("has %d bytes, more than %d".formatted(bytes.length(), BYTES_MAX));
        }
        String all = decoded(bytes);
        if (!all.endsWith("\n")) {
            throw malformed("does not end with a line feed");
        }
        List<String> lines = List.of(all.substring(0, all.length() - 1).split("\n", -1));
        if (lines.size() > LINES_MAX) {
            throw malformed("has %d lines, more than %d".formatted(lines.size(), LINES_MAX));
        }
        lines.forEach(TagPayload::requireLine);
        if (lines.stream().allMatch(String::isBlank)) {
            throw malformed("is nothing but white space");
        }
        if (!lines.getFirst().startsWith(NAME)) {
            return new TagPayload(bytes, Optional.empty(), all);
        }
        return new TagPayload(bytes, Optional.of(name(lines)), all.substring(all.indexOf('\n') + 1));
    }

    /// The payload of this name and text; the text is malformed where no payload could hold it.
    public static TagPayload of(TagName name, Bytes text) {
        byte[] line = (NAME + " " + name + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(line, line.length + text.length());
        System.arraycopy(text.toArray(), 0, all, line.length, text.length());
        return parse(Bytes.of(all));
    }

    private static String decoded(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("tag payload is not UTF-8", e);
        }
    }

    private static void requireLine(String line) {
        line.codePoints().filter(TagPayload::isForbidden).findFirst().ifPresent(point -> {
            throw malformed("holds the character U+%04X".formatted(point));
        });
        if (resemblesHead(line)) {
            throw malformed("has a line that resembles the head of a signature: " + Quoted.text(line));
        }
    }

    /// Listed one by one, and not by the JDK's tables, which differ from one Unicode version to the next: what was
    /// signed once stays readable.
    private static boolean isForbidden(int point) {
        boolean control = (point < ' ' && point != '\t') || (point >= 0x7F && point < 0xA0);
        boolean separator = point == 0x2028 || point == 0x2029;
        boolean direction = point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
        boolean byteOrderMark = point == 0xFEFF;
        return control || separator || direction || byteOrderMark;
    }

    /// Whether a reader, a person or a lenient program, could take the line for the head of a block.
    private static boolean resemblesHead(String line) {
        var shown = new StringBuilder();
        line.codePoints()
                .filter(TagPayload::shows)
                .limit(SignatureBlock.SHOWN.length())
                .forEach(shown::appendCodePoint);
        return shown.toString().equalsIgnoreCase(SignatureBlock.SHOWN);
    }

    private static boolean shows(int point) {
        return !Character.isWhitespace(point)
                && !Character.isSpaceChar(point)
                && Character.getType(point) != Character.FORMAT;
    }

    private static TagName name(List<String> lines) {
        String first = lines.getFirst();
        if (!first.startsWith(NAME + " ")) {
            throw malformed("has a name line that is not \"tag: NAME\": " + Quoted.text(first));
        }
        var name = new TagName(first.substring(NAME.length() + 1));
        var text = lines.subList(1, lines.size());
        if (text.stream().allMatch(String::isBlank)) {
            throw malformed("has no text behind its name line");
        }
        text.stream().filter(line -> line.startsWith(NAME)).findFirst().ifPresent(line -> {
            throw malformed("has a second name line: " + Quoted.text(line));
        });
        return name;
    }

    private static MalformedException malformed(String fault) {
        return new MalformedException("tag payload " + fault);
    }

    /// The name that is signed; empty where the payload has none.
    public Optional<TagName> name() {
        return name;
    }

    /// The same payload, whose name this is.
    public TagPayload named(TagName wanted) {
        if (name.isEmpty()) {
            throw malformed("has no name line, \"tag: %s\"".formatted(wanted));
        }
        if (!name.get().equals(wanted)) {
            throw malformed("is that of the tag %s, not %s"
                    .formatted(Quoted.text(name.get().text()), Quoted.text(wanted.text())));
        }
        return this;
    }

    /// What is signed.
    public Bytes bytes() {
        return bytes;
    }

    /// What the tag says: all lines behind the name line.
    public String text() {
        return text;
    }
}
