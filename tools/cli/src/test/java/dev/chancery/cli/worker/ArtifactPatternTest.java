// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactPatternTest {
    private static String match(String pattern, String name) {
        return ArtifactPattern.parse(pattern)
                .match(new ArtifactName(name))
                .map(parts -> "%s %s".formatted(parts.getOrDefault("name", "-"), parts.getOrDefault("version", "-")))
                .orElse("no");
    }

    @ParameterizedTest
    @CsvSource({
        "{name}-{version}.zip, app-1.2.zip, app 1.2",
        "{name}-{version}.zip, my-app-1.2-3.zip, my-app 1.2-3",
        "{name}-{version}.zip, my-2fa-1.0.zip, my 2fa-1.0",
        "{name}-{version}.zip, app.zip, no",
        "{name}-{version}.zip, app-one.zip, no",
        "{name}-{version}.zip, app-1.2.zipx, no",
        "{name}-{version}.zip, app-1.2zip, no",
        "{name}-{version}.zip, ..-1.zip, no",
        "{name}-{version}.zip, -1-1.zip, no",
        "'{name}-{version}.zip', 'a b-1.zip', no",
        "{name}-{version}-*.rpm, app-1.2-3.x86_64.rpm, app 1.2",
        "v{version}.tar.gz, v1.2.3.tar.gz, - 1.2.3",
        "*.rpm, app-1.rpm, - -",
        "*.rpm, .rpm, - -",
        "*.rpm, app.rpm.sig, no",
        "a?c, abc, - -",
        "a?c, ac, no",
        "a.c, abc, no",
    })
    void partsOfANameAreTold(String pattern, String name, String expected) {
        assertEquals(expected, match(pattern, name));
    }

    @Test
    void whatIsNoPatternIsMalformed() {
        for (String wrong : List.of(
                "",
                "a/b",
                "{name}-{name}",
                "{version}{version}",
                "{other}",
                "{name",
                "[ab]",
                "a\\d",
                "***",
                "*a*b*c")) {
            assertThrows(MalformedException.class, () -> ArtifactPattern.parse(wrong), wrong);
        }
    }

    /// A name is somebody else's choice.
    @Test
    void noNameTakesLong() {
        var pattern = ArtifactPattern.parse("*{name}-{version}*.zip");
        var name = new ArtifactName("a-1-1".repeat(50));
        assertTimeout(Duration.ofSeconds(5), () -> assertEquals(Optional.empty(), pattern.match(name)));
    }
}
