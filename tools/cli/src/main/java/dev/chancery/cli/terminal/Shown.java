// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.terminal;

import dev.chancery.core.Quoted;

/// Text for a person's eyes: nothing in it moves the cursor or turns the direction of writing.
public final class Shown {
    private Shown() {}

    /// The text with `<U+hex>` for each character that does not show itself, of any length and without quotes.
    public static String plain(Object value) {
        String text = value.toString();
        if (text.codePoints().allMatch(point -> point >= ' ' && point < 0x7F)) {
            return text;
        }
        var plain = new StringBuilder();
        text.codePoints().forEach(point -> {
            String quoted = Quoted.text(Character.toString(point));
            plain.append(
                    point == '"' || point == '\\'
                            ? Character.toString(point)
                            : quoted.substring(1, quoted.length() - 1));
        });
        return plain.toString();
    }
}
