// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every file in `transcripts/` is typed, and must be answered as it says.
///
/// With `-Dtranscripts=record` the answers are written into the files instead: read the difference before you
/// commit it.
class TranscriptTest {
    private static final Pattern KEY = Pattern.compile("\\b(?:[0-9a-f]{64}|[0-9a-f]{16})\\b");

    @TestFactory
    Stream<DynamicTest> transcripts() throws IOException {
        List<Path> files = files();
        assertFalse(files.isEmpty(), "there are transcripts");
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }

    private static List<Path> files() throws IOException {
        Path module = Path.of("").toAbsolutePath().resolve("../..").normalize();
        try (var files = Files.list(module.resolve("src/test/resources/transcripts"))) {
            return files.sorted().toList();
        }
    }

    private static void play(Path file) throws IOException, InterruptedException {
        var session = new Session();
        var transcript = Transcript.parse(Files.readAllLines(file));
        boolean recording = "record".equals(System.getProperty("transcripts"));
        var record = new ArrayList<String>();
        try {
            for (var entry : transcript.entries()) {
                if (entry.line().startsWith("#")
                        && !record.isEmpty()
                        && !record.getLast().startsWith("#")) {
                    record.add("");
                }
                record.add(entry.line());
                if (entry.isClock()) {
                    session.clock(Instant.parse(entry.argument()));
                } else if (entry.isCommand()) {
                    var answer = session.run(entry.argument());
                    record.addAll(recorded(entry, answer));
                    if (!recording) {
                        compare(file + ":" + entry.number() + ": " + entry.line(), entry.answer(), answer);
                    }
                }
            }
        } finally {
            session.clear();
        }
        if (recording) {
            Files.write(file, record);
        }
    }

    /// The answer as it goes into the file: a line that was there and matches stays, for the sake of its
    /// wildcards.
    private static List<String> recorded(Transcript.Entry entry, List<String> answer) {
        var recorded = new ArrayList<String>();
        for (int line = 0; line < answer.size(); line++) {
            String actual = answer.get(line);
            boolean matches = line < entry.answer().size()
                    && Transcript.matches(entry.answer().get(line), actual);
            recorded.add(
                    matches ? entry.answer().get(line) : KEY.matcher(actual).replaceAll("[key]"));
        }
        return recorded;
    }

    private static void compare(String where, List<String> expected, List<String> actual) {
        boolean same = expected.size() == actual.size();
        for (int line = 0; same && line < actual.size(); line++) {
            same = Transcript.matches(expected.get(line), actual.get(line));
        }
        if (!same) {
            assertEquals(String.join("\n", expected), String.join("\n", actual), where);
        }
    }
}
