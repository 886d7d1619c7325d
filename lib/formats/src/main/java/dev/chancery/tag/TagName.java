// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import org.jspecify.annotations.Nullable;

/// The name of a tag: `bundle-jira-1.0`. It is part of what is signed, and of a file's name: letters, digits, `.`, `_`
/// and `-`, neither a dot nor a dash in front, so that it is no path, no hidden file and no option of a command.
public record TagName(String text) {
    /// Characters: fits a file name with its suffix and the hidden name under which the file is written.
    public static final int CHARACTERS_MAX = 128;

    public TagName {
        if (text.isEmpty() || text.length() > CHARACTERS_MAX) {
            throw MalformedException.value(
                    "tag name", text, "has %d characters, not 1 to %d".formatted(text.length(), CHARACTERS_MAX));
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i), i)) {
                throw MalformedException.value(
                        "tag name",
                        text,
                        "is not letters, digits, \".\", \"_\" and \"-\", or begins with \".\" or \"-\"");
            }
        }
    }

    private static boolean isAllowed(char c, int at) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '_' || (at > 0 && (c == '.' || c == '-'));
    }

    /// What a signing rule or a policy matches.
    public ArtifactName artifact() {
        return new ArtifactName(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TagName that && text.equals(that.text);
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
