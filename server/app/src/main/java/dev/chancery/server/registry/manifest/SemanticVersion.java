// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.core.MalformedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version (Semantic Versioning 2.0.0): `1.2.3-rc.1+build`. The order is that of section 11: builds do not count.
///
/// @param text as it was written
public record SemanticVersion(String text, long major, long minor, long patch, String prerelease)
        implements Comparable<SemanticVersion> {
    /// Characters: nobody's version has more, and a file has it in its name.
    static final int CHARACTERS_MAX = 64;

    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final String WORDS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final Pattern STRICT =
            Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + WORDS + "))?(?:\\+" + WORDS + ")?");
    /// As people write it in a question: `8`, `v8.12`.
    private static final Pattern LOOSE = Pattern.compile(
            "v?" + NUMBER + "(?:\\." + NUMBER + ")?(?:\\." + NUMBER + ")?(?:-(" + WORDS + "))?(?:\\+" + WORDS + ")?");

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /// With all three numbers.
    public static SemanticVersion parse(String text) {
        return of(text, STRICT);
    }

    /// Missing numbers are zero.
    public static SemanticVersion parseLoosely(String text) {
        return of(text, LOOSE);
    }

    private static SemanticVersion of(String text, Pattern form) {
        Matcher version = form.matcher(text);
        if (text.length() > CHARACTERS_MAX || !version.matches()) {
            throw MalformedException.value("version", text, "is not one of Semantic Versioning, as 1.2.3");
        }
        String prerelease = version.group(4) == null ? "" : version.group(4);
        for (String word : prerelease.split("\\.", -1)) {
            if (word.length() > 1
                    && word.startsWith("0")
                    && DIGITS.matcher(word).matches()) {
                throw MalformedException.value("version", text, "has a number that begins with 0");
            }
        }
        return new SemanticVersion(
                text, number(version.group(1)), number(version.group(2)), number(version.group(3)), prerelease);
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    public boolean isPrerelease() {
        return !prerelease.isEmpty();
    }

    @Override
    public int compareTo(SemanticVersion other) {
        int numbers = Long.compare(major, other.major);
        numbers = numbers != 0 ? numbers : Long.compare(minor, other.minor);
        numbers = numbers != 0 ? numbers : Long.compare(patch, other.patch);
        if (numbers != 0 || prerelease.equals(other.prerelease)) {
            return numbers;
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return prerelease.isEmpty() ? 1 : -1;
        }
        return compareWords(List.of(prerelease.split("\\.", -1)), List.of(other.prerelease.split("\\.", -1)));
    }

    private static int compareWords(List<String> some, List<String> others) {
        for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
            int word = compareWord(some.get(i), others.get(i));
            if (word != 0) {
                return word;
            }
        }
        return Integer.compare(some.size(), others.size());
    }

    /// Numbers by their value and before all that is not a number (section 11.4).
    private static int compareWord(String one, String other) {
        boolean oneNumber = DIGITS.matcher(one).matches();
        boolean otherNumber = DIGITS.matcher(other).matches();
        if (oneNumber && otherNumber) {
            int length = Integer.compare(one.length(), other.length());
            return length != 0 ? length : one.compareTo(other);
        }
        if (oneNumber || otherNumber) {
            return oneNumber ? -1 : 1;
        }
        return one.compareTo(other);
    }

    @Override
    public String toString() {
        return text;
    }
}
