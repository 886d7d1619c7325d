// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `audit compare`: a real enclave's chain and the log of the server that asked it.
class AuditCompareTest {
    @TempDir
    private static Path root;

    private static ServedOffice office;
    /// Signatures of one round, each in the log.
    private static int before;
    private static List<String> chain = List.of();

    /// A log of before and after, and the chain of both.
    @BeforeAll
    static void sign() throws IOException {
        office = ServedOffice.in(root);
        sign("first.txt");
        copy(root.resolve("log"), root.resolve("yesterday"));
        before = Files.readAllLines(root.resolve("audit.jsonl")).size();
        sign("second.txt");
        office.run("sign", office.file("first.txt").toString(), "--as", "stranger")
                .assertStatus(4);
        chain = Files.readAllLines(root.resolve("audit.jsonl"));
    }

    private static void sign(String name) throws IOException {
        String file = office.file(name, name).toString();
        office.run("sign", file, "--as", "release", "--as", "qa", "--no-receipt")
                .assertStatus(0);
        office.run("attest", file, "--as", "release", "--param", "job=42").assertStatus(0);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    private static ServedOffice.Said compare(String log, Path chain, String... more) {
        var words = new ArrayList<>(
                List.of("audit", "compare", root.resolve(log).toString(), chain.toString(), "--key", office.logKey()));
        words.addAll(List.of(more));
        return ServedOffice.run(Map.of(), words);
    }

    private static Path file(String name, List<String> lines) throws IOException {
        return Files.write(root.resolve(name), lines);
    }

    private static Path whole() {
        return root.resolve("audit.jsonl");
    }

    private static long lines(ServedOffice.Said said, String word) {
        return said.output().lines().filter(line -> line.startsWith(word)).count();
    }

    @Test
    void aLogAndItsEnclaveAgreeInEveryFormat() {
        compare("log", whole(), "--grace", "0")
                .assertStatus(0)
                .assertSays("AGREED")
                .assertSays(
                        2 * before + " entries are on record, 0 are not; 0 signatures on record are not in the log");
        compare("log", whole(), "--json", "--grace", "0").assertStatus(0).assertSays("\"compared\": " + 2 * before);
    }

    /// Signed, and not in the log: of each format, the statement as well.
    @Test
    void aSignatureThatLeftPastTheLogIsMissed() {
        var said = compare("yesterday", whole(), "--grace", "0").assertStatus(1).assertSays("DIFFERENT");
        assertEquals(before, lines(said, "MISSING"), said.output());
        assertEquals(before, lines(compare("yesterday", whole(), "--grace", "0"), "MISSING"));
        var ofQa = compare("yesterday", whole(), "--grace", "0", "--authority", "qa")
                .assertStatus(1);
        assertEquals(2, lines(ofQa, "MISSING"), ofQa.output());
        compare("yesterday", whole(), "--grace", "0", "--until", "2020-01-01").assertStatus(0);
        compare("yesterday", whole(), "--grace", "0", "--since", "2020-01-01").assertStatus(1);
        compare("yesterday", whole()).assertStatus(0).assertSays(before + " signatures are younger than the grace");
    }

    /// In the log, and on no record: the key was used elsewhere, or the record was cut off.
    @Test
    void anEntryThatNoRecordExplainsIsFound() throws IOException {
        var said = compare("log", file("cut.jsonl", chain.subList(0, before)), "--grace", "0")
                .assertStatus(1);
        assertEquals(before, lines(said, "UNEXPLAINED"), said.output());
        assertEquals(0, lines(said, "MISSING"), said.output());
        var json = compare("log", file("cut.jsonl", chain.subList(0, before)), "--json")
                .assertStatus(1);
        json.assertSays("\"unexplained_count\": " + before);
    }

    /// Of an excerpt, what was before its first line is not judged.
    @Test
    void anExcerptExplainsWhatCameAfterIt() throws IOException {
        Path excerpt = file("excerpt.jsonl", chain.subList(before, chain.size()));
        compare("log", excerpt, "--grace", "0").assertStatus(0);
        // Both halves together are the whole, in any order.
        var words = List.of(
                "audit",
                "compare",
                root.resolve("log").toString(),
                excerpt.toString(),
                file("begin.jsonl", chain.subList(0, before)).toString(),
                "--grace=0");
        ServedOffice.run(Map.of(), words).assertStatus(0).assertSays("nobody checked who signed the log");
    }

    /// Of the partial tiles, whose names are how many entries they have.
    private static Path newest(Path tiles) throws IOException {
        try (var files = Files.list(tiles)) {
            return files.max(Comparator.comparing(
                            file -> Integer.parseInt(file.getFileName().toString())))
                    .orElseThrow();
        }
    }

    @Test
    void whatIsBrokenIsSaid() throws IOException {
        var changed = new ArrayList<>(chain);
        changed.set(0, changed.getFirst().replace("first.txt", "worst.txt"));
        compare("log", file("changed.jsonl", changed)).assertStatus(3).assertSays("is broken");
        copy(root.resolve("log"), root.resolve("broken"));
        Path entries = newest(root.resolve("broken/tile/entries/000.p"));
        String text = Files.readString(entries, StandardCharsets.ISO_8859_1);
        Files.writeString(entries, text.replace("first.txt", "worst.txt"), StandardCharsets.ISO_8859_1);
        compare("broken", whole()).assertStatus(1).assertSays("BROKEN");
        compare("log", Path.of("-")).assertStatus(2);
        compare("log", whole(), "--grace", "x").assertStatus(2);
        assertTrue(chain.size() > before);
    }
}
