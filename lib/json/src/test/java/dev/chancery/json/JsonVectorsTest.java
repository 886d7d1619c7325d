// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// One file, one case; the verdict is the first word of its name.
class JsonVectorsTest {
    /// Seconds: a thousand times what the slowest case takes.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TestFactory
    List<DynamicTest> everyVectorHasItsVerdict() throws IOException, URISyntaxException {
        var folder = Objects.requireNonNull(JsonVectorsTest.class.getResource("/vectors/json"));
        try (var files = Files.list(Path.of(folder.toURI()))) {
            List<Path> sorted = files.sorted().toList();
            assertTrue(sorted.size() > 70, "vectors are there");
            return sorted.stream()
                    .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> check(file)))
                    .toList();
        }
    }

    private static void check(Path file) throws IOException {
        Bytes document = Bytes.of(Files.readAllBytes(file));
        String name = String.valueOf(file.getFileName());
        assertTimeoutPreemptively(PATIENCE, () -> {
            if (name.startsWith("accept-")) {
                Json json = Json.parse(document, "vector").json();
                assertEquals(json, JsonTexts.parse(json.line()), "line form");
                assertEquals(json, JsonTexts.parse(json.pretty()), "pretty form");
            } else {
                assertTrue(name.startsWith("malformed-"), name);
                MalformedException e = assertThrows(MalformedException.class, () -> Json.parse(document, "vector"));
                assertTrue(e.sentence().startsWith("vector"), e.sentence());
                assertTrue(e.sentence().length() < 1_000, "long: " + e.sentence());
                assertTrue(isSafe(e.sentence()), "not safe to show: " + e.sentence());
            }
        });
    }

    private static boolean isSafe(String sentence) {
        return sentence.getBytes(StandardCharsets.UTF_8).length > 0
                && sentence.codePoints()
                        .noneMatch(c -> c < ' ' || Character.getType(c) == Character.FORMAT || c == 0x7f);
    }
}
