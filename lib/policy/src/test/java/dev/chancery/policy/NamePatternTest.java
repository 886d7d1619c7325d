// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, a, true",
        "*, .hidden, true",
        "?, a, true",
        "?, ab, false",
        "?, 😀, true",
        "??, 😀, false",
        "?*, a, true",
        "*?, a, true",
        "?*?, a, false",
        "?*?, ab, true",
        "*.rpm, core-1.rpm, true",
        "*.rpm, .rpm, true",
        "*.rpm, core-1.rpm.asc, false",
        "*.rpm, core-1.RPM, false",
        "*.rpm, core-1xrpm, false",
        "core-*.tar.xz, core-1.tar.xz, true",
        "core-*.tar.xz, core-.tar.xz, true",
        "core-*.tar.xz, score-1.tar.xz, false",
        "core-*.tar.xz, core-1.tar.xz.xz, false",
        "*a*b*c*, xaxbxcx, true",
        "*a*b*c*, xaxcxbx, false",
        "*ab, aab, true",
        "*ab, abab, true",
        "*ab*, aaab, true",
        "SHA256SUMS, SHA256SUMS, true",
        "SHA256SUMS, SHA256SUMS.asc, false",
        "a+b, a+b, true",
        "a+b, aab, false",
        "a.b, axb, false",
        "(a|b)^$, (a|b)^$, true",
        "lib?0?.so, lib[0].so, true",
        "日本-*, 日本-1, true",
    })
    void matches(String pattern, String name, boolean matches) {
        assertEquals(matches, new NamePattern(pattern).matches(new ArtifactName(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a[0]   | pattern \"a[0]\" holds \"[\", which has no meaning here; \"?\" matches it",
                "{a,b}  | pattern \"{a,b}\" holds \"{\", which has no meaning here; \"?\" matches it",
                "\\*    | pattern \"\\\\*\" holds \"\\\", which has no meaning here; \"?\" matches it",
                "!a     | pattern \"!a\" begins with \"!\", but there is no negation",
                "a**    | pattern \"a**\" holds \"**\", but names have no directories",
                "dir/*  | pattern can match no name: artifact name \"dir/*\" is a path, not a file name",
                "``     | pattern can match no name: artifact name \"\" has 0 bytes, not 1 to 255",
                "..     | pattern can match no name: artifact name \"..\" is a path, not a file name",
            })
    void refuses(String pattern, String sentence) {
        MalformedException e = assertThrows(MalformedException.class, () -> new NamePattern(pattern));
        assertEquals(sentence, e.sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "a\nb", "\u202ea", "a\u200bb", "\ud800", "\u0085", "*\u2028"})
    void refusesWhatDoesNotShowItself(String pattern) {
        assertThrows(MalformedException.class, () -> new NamePattern(pattern));
    }

    @Test
    void length() {
        String longest = "a".repeat(ArtifactName.BYTES_MAX);
        assertTrue(new NamePattern(longest).matches(new ArtifactName(longest)));
        assertThrows(MalformedException.class, () -> new NamePattern(longest + "a"));
        assertThrows(MalformedException.class, () -> new NamePattern("é".repeat(128)));
    }

    @Test
    void patternsInOneRule() {
        var patterns = new ArrayList<NamePattern>();
        for (int i = 0; i < NamePattern.LIST_MAX; i++) {
            patterns.add(new NamePattern("a" + i));
        }
        assertEquals(patterns, NamePattern.checkList(patterns));
        patterns.add(new NamePattern("b"));
        assertThrows(MalformedException.class, () -> NamePattern.checkList(patterns));
        assertThrows(MalformedException.class, () -> NamePattern.checkList(List.of()));
    }

    /// What makes a backtracking matcher take 2^100 steps takes this one at most 255 times 255.
    @Test
    void hostilePatternsTakeBoundedTime() {
        var name = new ArtifactName("a".repeat(255));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int round = 0; round < 1_000; round++) {
                assertFalse(new NamePattern("*a".repeat(127) + "b").matches(name));
                assertFalse(new NamePattern("*?".repeat(127) + "b").matches(name));
                assertFalse(new NamePattern("*" + "a".repeat(253) + "b").matches(name));
            }
        });
    }

    @Test
    void agreesWithRegularExpressions() {
        var random = new Random(20_261_121);
        int rounds = 20_000 * Integer.getInteger("rounds", 1);
        int matched = 0;
        for (int round = 0; round < rounds; round++) {
            String shape = random(random, "ab*?", 8);
            while (shape.contains("**")) {
                shape = shape.replace("**", "*");
            }
            String name = random(random, "ab", 8);
            String expression = shape.replace("*", ".*").replace("?", ".");
            boolean expected = Pattern.matches(expression, name);
            assertEquals(
                    expected,
                    new NamePattern(shape).matches(new ArtifactName(name)),
                    "%s against %s".formatted(shape, name));
            matched += expected ? 1 : 0;
        }
        assertTrue(matched > rounds / 20, "both verdicts occur: " + matched);
    }

    private static String random(Random random, String letters, int charactersMax) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(charactersMax); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
