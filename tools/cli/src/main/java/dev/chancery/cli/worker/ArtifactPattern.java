// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Artifacts by the shape of their names: `{name}-{version}.zip`, `*.rpm`.
///
/// `*` is any run of characters, `?` is one. `{name}` begins with a letter or digit and is as short as it can be,
/// `{version}` begins with a digit; both hold letters, digits and `. _ + ~ -`, so that they can stand in a path. Each
/// may
/// be there once.
record ArtifactPattern(String text, Pattern expression) {
    private static final Pattern SIGN = Pattern.compile("\\{name}|\\{version}|[*?]");
    /// Each part once, so that no name takes long: the rest of a name is tried for at most every place in it.
    private static final int STARS_MAX = 2;

    static ArtifactPattern parse(String text) {
        new ArtifactName(text); // as long as a name, and no path
        var expression = new StringBuilder();
        int stars = 0;
        Matcher sign = SIGN.matcher(text);
        int from = 0;
        for (; sign.find(); from = sign.end()) {
            expression.append(literal(text, from, sign.start()));
            stars += sign.group().equals("*") ? 1 : 0;
            expression.append(
                    switch (sign.group()) {
                        case "*" -> ".*";
                        case "?" -> ".";
                        case "{name}" -> "(?<name>[A-Za-z0-9][A-Za-z0-9._+~-]*?)";
                        default -> "(?<version>[0-9][A-Za-z0-9._+~-]*)";
                    });
        }
        expression.append(literal(text, from, text.length()));
        boolean twice = text.indexOf("{name}") != text.lastIndexOf("{name}")
                || text.indexOf("{version}") != text.lastIndexOf("{version}");
        if (twice || stars > STARS_MAX) {
            throw MalformedException.value(
                    "pattern", text, "has {name} or {version} twice, or \"*\" more than " + STARS_MAX + " times");
        }
        return new ArtifactPattern(text, Pattern.compile(expression.toString(), Pattern.DOTALL));
    }

    private static String literal(String text, int from, int to) {
        String part = text.substring(from, to);
        if (part.chars().anyMatch(c -> "{}[]\\".indexOf(c) >= 0)) {
            throw MalformedException.value("pattern", text, "knows {name}, {version}, * and ?, and no other signs");
        }
        return Pattern.quote(part);
    }

    boolean has(String part) {
        return text.contains("{" + part + "}");
    }

    /// What the parts of a name are; empty where it has another shape.
    Optional<Map<String, String>> match(ArtifactName name) {
        Matcher matcher = expression.matcher(name.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var parts = new LinkedHashMap<String, String>();
        for (String part : expression.namedGroups().keySet()) {
            parts.put(part, matcher.group(part));
        }
        return Optional.of(parts);
    }
}
