// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/// From a tree to text. Equal trees with their fields in the same order give equal text.
///
/// Control characters are escaped, and so are the characters that make a line read differently from what it
/// says (bidirectional overrides, zero-width characters, U+2028, U+2029): a file of ours is safe on a terminal.
final class JsonWriting {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;
    private int depth;

    private JsonWriting(boolean pretty) {
        this.pretty = pretty;
    }

    static String pretty(Json json) {
        var writing = new JsonWriting(true);
        writing.value(json);
        return writing.out.append('\n').toString();
    }

    static String line(Json json) {
        var writing = new JsonWriting(false);
        writing.value(json);
        return writing.out.toString();
    }

    private void value(Json json) {
        switch (json) {
            case Json.Members members -> each(members.fields().entrySet().iterator(), "{}", this::member);
            case Json.Elements elements -> each(elements.list().iterator(), "[]", this::value);
            case Json.Text text -> text(text.value());
            case Json.Whole whole -> out.append(whole.value());
            case Json.Fraction fraction -> out.append(fraction.written());
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null none -> out.append("null");
        }
    }

    private void member(Map.Entry<String, Json> member) {
        text(member.getKey());
        out.append(pretty ? ": " : ":");
        value(member.getValue());
    }

    private <T> void each(Iterator<T> parts, String brackets, Consumer<T> write) {
        out.append(brackets.charAt(0));
        if (parts.hasNext()) {
            depth++;
            newLine();
            write.accept(parts.next());
            while (parts.hasNext()) {
                out.append(',');
                newLine();
                write.accept(parts.next());
            }
            depth--;
            newLine();
        }
        out.append(brackets.charAt(1));
    }

    private void newLine() {
        if (pretty) {
            out.append('\n').repeat("  ", depth);
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (point == '"' || point == '\\') {
                out.append('\\').append((char) point);
            } else if (point == '\n') {
                out.append("\\n");
            } else if (isShown(point)) {
                out.appendCodePoint(point);
            } else {
                escape(Character.toChars(point));
            }
        }
        out.append('"');
    }

    private void escape(char[] units) {
        for (char unit : units) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(HEX.charAt((unit >> shift) & 0xf));
            }
        }
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
