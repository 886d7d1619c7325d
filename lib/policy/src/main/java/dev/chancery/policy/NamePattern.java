// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Artifact names by their shape: `*` is any run of characters, also none, `?` is exactly one, all else is itself.
///
/// Case counts, and so does a leading dot. Characters are Unicode code points, compared without normalization.
/// The signs of richer patterns (`[ ] { } \`, a leading `!`, `**`) are refused instead of taken literally:
/// who writes them means something that would silently not happen. `?` stands for such a character in a name.
public record NamePattern(String text) {
    /// Patterns in one rule.
    public static final int LIST_MAX = 64;

    private static final String RESERVED = "[]{}\\";

    /// At most [ArtifactName#BYTES_MAX] bytes, for a longer pattern could match little or nothing.
    public NamePattern {
        try {
            // Apart from its two signs a pattern is written like the names that it matches: no '/', nothing invisible.
            new ArtifactName(text);
        } catch (MalformedException e) {
            throw new MalformedException("pattern can match no name: " + e.sentence(), e);
        }
        for (int i = 0; i < RESERVED.length(); i++) {
            char c = RESERVED.charAt(i);
            if (text.indexOf(c) >= 0) {
                throw MalformedException.value(
                        "pattern", text, "holds \"" + c + "\", which has no meaning here; \"?\" matches it");
            }
        }
        if (text.startsWith("!")) {
            throw MalformedException.value("pattern", text, "begins with \"!\", but there is no negation");
        }
        if (text.contains("**")) {
            throw MalformedException.value("pattern", text, "holds \"**\", but names have no directories");
        }
    }

    static List<NamePattern> readList(JsonObject rule) {
        JsonValue field = rule.required("artifacts");
        List<NamePattern> patterns = field.list(1, LIST_MAX, value -> value.text(NamePattern::new));
        return field.check(() -> checkList(patterns));
    }

    static List<NamePattern> checkList(List<NamePattern> patterns) {
        if (patterns.isEmpty() || patterns.size() > LIST_MAX) {
            throw new MalformedException(patterns.size() + " artifact patterns in one rule are not 1 to " + LIST_MAX);
        }
        var seen = new HashSet<NamePattern>();
        for (NamePattern pattern : patterns) {
            if (!seen.add(pattern)) {
                throw MalformedException.value("pattern", pattern.text, "stands in one rule twice");
            }
        }
        return List.copyOf(patterns);
    }

    static boolean anyMatches(List<NamePattern> patterns, ArtifactName name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /// Takes at most as many steps as the name's length times the pattern's, whatever they are: only the last `*`
    /// is ever tried again, since what an earlier one took can be left as it is.
    public boolean matches(ArtifactName name) {
        int[] shape = text.codePoints().toArray();
        int[] given = name.text().codePoints().toArray();
        int inShape = 0;
        int inGiven = 0;
        int afterStar = -1;
        int starEnd = 0;
        while (inGiven < given.length) {
            if (inShape < shape.length && shape[inShape] == '*') {
                inShape++;
                afterStar = inShape;
                starEnd = inGiven;
            } else if (inShape < shape.length && (shape[inShape] == '?' || shape[inShape] == given[inGiven])) {
                inShape++;
                inGiven++;
            } else if (afterStar >= 0) {
                starEnd++;
                inGiven = starEnd;
                inShape = afterStar;
            } else {
                return false;
            }
        }
        while (inShape < shape.length && shape[inShape] == '*') {
            inShape++;
        }
        return inShape == shape.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern that && text.equals(that.text);
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
