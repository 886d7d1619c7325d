// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each example of `docs/json.md` stands in a transcript, white space aside.
class JsonDocumentTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\\n(.*?)```");

    @Test
    void everyExampleIsCutOutOfATranscript() throws IOException {
        Path module = Path.of("").toAbsolutePath().resolve("../..").normalize();
        String transcripts;
        try (var files = Files.list(module.resolve("src/test/resources/transcripts"))) {
            transcripts = files.map(JsonDocumentTest::read).collect(Collectors.joining());
        }
        var examples = EXAMPLE.matcher(read(module.resolve("../../docs/json.md")))
                .results()
                .toList();
        assertTrue(examples.size() > 5, "there are examples");
        for (var example : examples) {
            assertTrue(normalised(transcripts).contains(normalised(example.group(1))), example::group);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String normalised(String json) {
        return json.strip().replaceAll("\\s+", " ");
    }
}
