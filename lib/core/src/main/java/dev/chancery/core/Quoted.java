// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

/// Text from outside, made safe to stand in a message, a log line or on a terminal.
///
/// Control and formatting characters (among them line breaks, terminal escapes and the bidirectional
/// overrides U+202A to U+202E and U+2066 to U+2069) appear as `<U+hex>`, and long text is cut, so that a
/// hostile name can neither forge a second line nor hide behind the rest of the sentence.
public final class Quoted {
    /// Characters shown of a value: enough to recognise it, short enough for one line.
    public static final int SHOWN_CHARACTERS_MAX = 80;

    private Quoted() {}

    /// The text in double quotes: `"jenkins-prd"`.
    public static String text(CharSequence raw) {
        var quoted = new StringBuilder("\"");
        raw.codePoints().limit(SHOWN_CHARACTERS_MAX).forEach(point -> append(quoted, point));
        quoted.append('"');
        return raw.codePoints().skip(SHOWN_CHARACTERS_MAX).findAny().isPresent() ? quoted + "..." : quoted.toString();
    }

    private static void append(StringBuilder quoted, int point) {
        if (point == '"' || point == '\\') {
            quoted.append('\\').append((char) point);
        } else if (isPlain(point)) {
            quoted.appendCodePoint(point);
        } else {
            quoted.append(String.format("<U+%04X>", point));
        }
    }

    /// Whether a character shows itself and nothing else: no control, no format, no separator but the space,
    /// no half of a surrogate pair, no unassigned code point.
    public static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
