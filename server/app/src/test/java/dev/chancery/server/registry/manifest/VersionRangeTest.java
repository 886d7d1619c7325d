// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Versions and their ranges. What is within a range was asked of <https://github.com/Masterminds/semver> 3.5.0, which
/// reads them where packages are made.
class VersionRangeTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "^8.12.0 || ^9.0.0; 8.12.0 8.19.4 9.1.0; 8.11.9 10.0.0 9.1.0-SNAPSHOT",
                "'>=7.10'; 7.10.0 9.0.0; 7.9.9 8.0.0-rc1",
                "'>=8.15.0, <10.0.0'; 8.15.0 9.9.9; 8.14.9 10.0.0",
                "'>=1.0.0 <2.0.0'; 1.0.0 1.9.9; 2.0.0 0.9.9",
                "~7.x.x; 7.0.0 7.17.3; 8.0.0 6.9.9",
                "~1.2.3; 1.2.3 1.2.9; 1.3.0 1.2.2",
                "~1.2; 1.2.0 1.2.9; 1.3.0",
                "~1; 1.0.0 1.9.0; 2.0.0",
                "^0.2.3; 0.2.3 0.2.9; 0.3.0 0.2.2 1.2.3",
                "^0.0.3; 0.0.3; 0.0.4 0.1.3",
                "^0.0; 0.0.1 0.0.9; 0.1.0",
                "^0; 0.0.1 0.9.9; 1.0.0",
                "1.2 - 1.4; 1.2.0 1.4.0 1.4.9; 1.1.9 1.5.0",
                "1.x; 1.0.0 1.9.9; 2.0.0 0.9.9",
                "*; 0.0.0 9.9.9; 1.0.0-rc1",
                "=1.2.3; 1.2.3 1.2.3+build; 1.2.4",
                "1.2; 1.2.0 1.2.9; 1.3.0",
                "!=1.2; 1.3.0 2.0.0; 1.2.7",
                ">1.2; 1.3.0; 1.2.9 1.2.0",
                ">1.2.3; 1.2.4; 1.2.3",
                "<=1.2; 1.2.9 0.1.0; 1.3.0",
                "=<1.2.3; 1.2.3; 1.2.4",
                "<1.2; 1.1.9; 1.2.0",
                "^9.0.0-0; 9.0.0-SNAPSHOT 9.0.0 9.1.0-rc1; 10.0.0 8.9.9",
                ">=1.2.3-rc.2; 1.2.3-rc.2 1.2.3-rc.10 1.2.3; 1.2.3-rc.1 1.2.3-alpha",
                "~> 2.1; 2.1.5; 2.2.0",
                "~0.0.0; 0.0.0 5.0.0; 5.0.0-a",
            },
            delimiter = ';')
    void contains(String range, String within, String without) {
        var read = VersionRange.parse(range);
        for (String version : within.split(" ", -1)) {
            assertEquals(true, read.contains(SemanticVersion.parse(version)), version);
        }
        for (String version : without.split(" ", -1)) {
            assertEquals(false, read.contains(SemanticVersion.parse(version)), version);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "||", "^1.0.0 ||", "a", "1..2", "1.2.3.4", "==1.2", "^", "> = 1", "1.2,", "1.2-1.4 -"})
    void isMalformed(String range) {
        assertThrows(MalformedException.class, () -> VersionRange.parse(range));
    }

    @Test
    void rangesHaveALimit() {
        String many = "=1.0.0 || ".repeat(50);
        VersionRange.parse(many + " ".repeat(VersionRange.CHARACTERS_MAX - many.length() - 5) + "1.0.0");
        assertThrows(
                MalformedException.class,
                () -> VersionRange.parse(many + " ".repeat(VersionRange.CHARACTERS_MAX - many.length() - 4) + "1.0.0"));
    }

    /// Semantic Versioning 2.0.0, section 11, with its own example.
    @Test
    void versionsHaveAnOrder() {
        var order = List.of(
                "0.9.9",
                "1.0.0-2",
                "1.0.0-10",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.9.0",
                "1.10.0",
                "2.0.0");
        var shuffled =
                new ArrayList<>(order.stream().map(SemanticVersion::parse).toList());
        Collections.shuffle(shuffled, new Random(7));
        assertEquals(
                order, shuffled.stream().sorted().map(SemanticVersion::toString).toList());
        assertEquals(0, SemanticVersion.parse("1.0.0+a").compareTo(SemanticVersion.parse("1.0.0+b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.0",
                "01.0.0",
                "1.0.0-",
                "1.0.0-01",
                "1.0.0+",
                "v1.0.0",
                "1.0.0-a..b",
                "1.0.0 ",
                "1.0.0/..",
                "-1.0.0",
                "1.0.0-é",
                "1000000000000000000.0.0"
            })
    void noVersions(String text) {
        assertThrows(MalformedException.class, () -> SemanticVersion.parse(text));
    }

    @Test
    void versionsHaveALimit() {
        String longest = "1.0.0-" + "a".repeat(SemanticVersion.CHARACTERS_MAX - 6);
        assertEquals(longest, SemanticVersion.parse(longest).text());
        assertThrows(MalformedException.class, () -> SemanticVersion.parse(longest + "a"));
    }

    @Test
    void looseVersionsMayLackNumbers() {
        assertEquals(0, SemanticVersion.parseLoosely("8").compareTo(SemanticVersion.parse("8.0.0")));
        assertEquals(0, SemanticVersion.parseLoosely("v8.12").compareTo(SemanticVersion.parse("8.12.0")));
        assertThrows(MalformedException.class, () -> SemanticVersion.parseLoosely("8.x"));
    }
}
