// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import org.jspecify.annotations.Nullable;

/// How a signature is framed: `openpgp`, `raw`.
public record FormatName(String text) implements Comparable<FormatName> {
    /// Characters: the name is part of a file name.
    public static final int CHARACTERS_MAX = 16;

    public FormatName {
        boolean wellFormed = !text.isEmpty()
                && text.length() <= CHARACTERS_MAX
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        if (!wellFormed) {
            throw MalformedException.value(
                    "format", text, "is not 1 to %d lower-case letters and digits".formatted(CHARACTERS_MAX));
        }
    }

    @Override
    public int compareTo(FormatName other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FormatName that && text.equals(that.text);
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
