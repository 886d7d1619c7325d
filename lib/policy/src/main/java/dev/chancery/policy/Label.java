// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.MalformedException;
import org.jspecify.annotations.Nullable;

/// The name of a policy or of a rule, as it stands in errors and records: `nightly`, `release-2026`.
///
/// Lower-case letters, digits, `-` and `.`, beginning and ending with a letter or digit.
public record Label(String text) {
    /// Characters: one word in a log line.
    public static final int CHARACTERS_MAX = 64;

    public Label {
        boolean wellFormed = !text.isEmpty() && text.length() <= CHARACTERS_MAX;
        for (int i = 0; wellFormed && i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inner = i > 0 && i < text.length() - 1;
            wellFormed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (inner && (c == '-' || c == '.'));
        }
        if (!wellFormed) {
            throw MalformedException.value(
                    "name",
                    text,
                    "is not 1 to " + CHARACTERS_MAX
                            + " lower-case letters, digits, \"-\" and \".\" with a letter or digit at both ends");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Label that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
