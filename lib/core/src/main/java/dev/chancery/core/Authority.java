// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import org.jspecify.annotations.Nullable;

/// A named party whose word counts: `jenkins-prd`, `qa`, `release`.
///
/// The name appears in file names, rules and log entries, so it is lower-case letters, digits, `-` and `.`,
/// begins and ends with a letter or digit and holds no `..`: it can neither climb out of a directory nor
/// pass for an option of a command.
public record Authority(String name) implements Comparable<Authority> {
    /// Characters: fits a file name together with an artifact's name of ordinary length.
    public static final int NAME_CHARACTERS_MAX = 64;

    public Authority {
        if (name.isEmpty()) {
            throw MalformedException.value("authority", name, "is empty");
        }
        if (name.length() > NAME_CHARACTERS_MAX) {
            throw MalformedException.value(
                    "authority", name, "has %d characters, more than %d".formatted(name.length(), NAME_CHARACTERS_MAX));
        }
        for (int i = 0; i < name.length(); i++) {
            boolean edge = i == 0 || i == name.length() - 1;
            if (!isAllowed(name.charAt(i), edge)) {
                throw MalformedException.value(
                        "authority",
                        name,
                        "is not lower-case letters, digits, \"-\" and \".\" with a letter or digit at both ends");
            }
        }
        if (name.contains("..")) {
            throw MalformedException.value("authority", name, "contains \"..\"");
        }
    }

    private static boolean isAllowed(char c, boolean edge) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (!edge && (c == '-' || c == '.'));
    }

    @Override
    public int compareTo(Authority other) {
        return name.compareTo(other.name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Authority that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
