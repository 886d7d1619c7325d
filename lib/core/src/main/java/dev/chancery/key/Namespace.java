// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.MalformedException;
import org.jspecify.annotations.Nullable;

/// The domain of use that each signature by a key names, in a format that has such a thing: `file`, `git`,
/// `email`, `build@example.org`. It belongs to the key, so that who may ask for a signature cannot choose it.
public record Namespace(String text) {
    /// Characters: a word, or one at a domain.
    public static final int CHARACTERS_MAX = 128;

    private static final String SIGNS = ".-_@+:/";

    public Namespace {
        if (text.isEmpty() || text.length() > CHARACTERS_MAX) {
            throw MalformedException.value(
                    "namespace", text, "has %d characters, not 1 to %d".formatted(text.length(), CHARACTERS_MAX));
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                throw MalformedException.value("namespace", text, "is not letters, digits and " + SIGNS);
            }
        }
    }

    /// None of these means anything in a list or pattern of OpenSSH: no comma, quote, space, `*`, `?` or `!`.
    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || SIGNS.indexOf(c) >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Namespace that && text.equals(that.text);
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
