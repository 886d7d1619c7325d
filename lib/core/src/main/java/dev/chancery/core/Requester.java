// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import org.jspecify.annotations.Nullable;

/// Who asks for a signature, as `kind:name`: `local:alice` for the owner of a local office.
///
/// The kind says who vouches for the name; a rule for `local:alice` never matches another kind.
public record Requester(String text) {
    /// Characters: longer than any Unix user name, certificate host name or token name in use.
    public static final int CHARACTERS_MAX = 128;

    public Requester {
        int colon = text.indexOf(':');
        boolean wellFormed = colon > 0
                && colon < text.length() - 1
                && text.length() <= CHARACTERS_MAX
                && text.substring(0, colon).chars().allMatch(c -> c >= 'a' && c <= 'z')
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!wellFormed) {
            throw MalformedException.value(
                    "requester",
                    text,
                    "is not kind:name in at most %d printable ASCII characters".formatted(CHARACTERS_MAX));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Requester that && text.equals(that.text);
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
