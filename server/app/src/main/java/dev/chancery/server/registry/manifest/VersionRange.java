// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which versions are meant: `^8.12.0 || ^9.0.0`.
///
/// The language is that in which packages state it and which the other implementation reads
/// (<https://github.com/Masterminds/semver>, version 3): `=`, `!=`, `<`, `<=`, `>`, `>=`, `~`, `^`, wildcards (`8.x`),
/// `1.2 - 1.4`; a comma or space means *and*, `||` means *or*. A prerelease is within a bound only if the bound
/// has one.
public record VersionRange(String text, List<List<Bound>> alternatives) {
    /// Characters: there are packages that name a dozen releases.
    static final int CHARACTERS_MAX = 512;

    private static final String PART = "([0-9]{1,9}|[xX*])";
    private static final String VERSION = "v?" + PART + "(?:\\." + PART + ")?(?:\\." + PART
            + ")?(-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z.-]+)?";
    private static final Pattern BOUND = Pattern.compile("(=<|=>|<=|>=|!=|~>|[=<>~^]|)\\s*" + VERSION);
    private static final Pattern BETWEEN = Pattern.compile("\\s*(" + VERSION + ")\\s+-\\s+(" + VERSION + ")\\s*");
    /// Groups of a version in [#BETWEEN], of which the second one's number is that of its first group.
    private static final int SECOND = 6;

    /// One comparison. Numbers that were not given, or are `x`, are zero.
    ///
    /// @param given how many numbers were
    record Bound(String operator, SemanticVersion version, int given) {
        boolean contains(SemanticVersion asked) {
            if (asked.isPrerelease() && !version.isPrerelease()) {
                return false;
            }
            int order = asked.compareTo(version);
            return switch (operator) {
                case "=", "" -> isWhole() ? order == 0 : near(asked, order);
                case "!=" -> isWhole() ? order != 0 : !same(asked, given);
                case ">" -> isWhole() ? order > 0 : order > 0 && !same(asked, given);
                case "<" -> order < 0;
                case ">=", "=>" -> order >= 0;
                case "<=", "=<" -> isWhole() ? order <= 0 : order <= 0 || same(asked, given);
                case "~", "~>" -> near(asked, order);
                default -> compatible(asked, order);
            };
        }

        private boolean isWhole() {
            return given == 3;
        }

        private boolean same(SemanticVersion asked, int numbers) {
            return (numbers < 1 || asked.major() == version.major())
                    && (numbers < 2 || asked.minor() == version.minor())
                    && (numbers < 3 || asked.patch() == version.patch());
        }

        /// `~1.2.3`: that minor release; `~1`: that major one; `~0.0.0`, as `*`: all.
        private boolean near(SemanticVersion asked, int order) {
            boolean every = version.major() == 0 && version.minor() == 0 && version.patch() == 0;
            return order >= 0 && ((every && (isWhole() || given == 0)) || same(asked, Math.min(given, 2)));
        }

        /// `^1.2.3`: until the first number that is not zero changes.
        private boolean compatible(SemanticVersion asked, int order) {
            int fixed = version.major() > 0 || given < 2 ? 1 : version.minor() > 0 || given < 3 ? 2 : 3;
            return order >= 0 && same(asked, fixed);
        }
    }

    public VersionRange {
        alternatives = List.copyOf(alternatives);
    }

    public static VersionRange parse(String text) {
        if (text.length() > CHARACTERS_MAX) {
            throw malformed(text);
        }
        var alternatives = new ArrayList<List<Bound>>();
        for (String alternative : text.split("\\|\\|", -1)) {
            alternatives.add(bounds(alternative, text));
        }
        return new VersionRange(text, alternatives);
    }

    private static List<Bound> bounds(String alternative, String text) {
        Matcher between = BETWEEN.matcher(alternative);
        if (between.matches()) {
            return List.of(bound(">=" + between.group(1), text), bound("<=" + between.group(SECOND), text));
        }
        var bounds = new ArrayList<Bound>();
        Matcher next = BOUND.matcher(alternative);
        int at = afterSpace(alternative, 0);
        while (at < alternative.length()) {
            if (!next.find(at) || next.start() != at) {
                throw malformed(text);
            }
            bounds.add(bound(next.group(), text));
            int end = next.end();
            at = afterSpace(alternative, end);
            boolean comma = at < alternative.length() && alternative.charAt(at) == ',';
            at = comma ? afterSpace(alternative, at + 1) : at;
            if (at == end && at < alternative.length()) {
                throw malformed(text);
            }
            if (comma && at == alternative.length()) {
                throw malformed(text);
            }
        }
        if (bounds.isEmpty()) {
            throw malformed(text);
        }
        return bounds;
    }

    private static int afterSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static Bound bound(String text, String whole) {
        Matcher bound = BOUND.matcher(text);
        if (!bound.matches()) {
            throw malformed(whole);
        }
        int given = 0;
        var numbers = new long[3];
        while (given < 3 && isNumber(bound.group(given + 2))) {
            numbers[given] = Long.parseLong(bound.group(given + 2));
            given++;
        }
        String prerelease = bound.group(5) == null ? "" : bound.group(5).substring(1);
        var version = new SemanticVersion(bound.group(), numbers[0], numbers[1], numbers[2], prerelease);
        return new Bound(bound.group(1), version, given);
    }

    private static boolean isNumber(String part) {
        return part != null && Character.isDigit(part.charAt(0));
    }

    private static MalformedException malformed(String text) {
        return MalformedException.value("version range", text, "is none, as ^8.12.0 || ^9.0.0");
    }

    public boolean contains(SemanticVersion version) {
        return alternatives.stream().anyMatch(bounds -> bounds.stream().allMatch(bound -> bound.contains(version)));
    }

    @Override
    public String toString() {
        return text;
    }
}
