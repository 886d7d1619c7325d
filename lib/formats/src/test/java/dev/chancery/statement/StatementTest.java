// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.FileVectors;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.hashing.Tree;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    static final Digest DIGEST = Digest.parse(DigestAlgorithm.SHA256, "0123456789abcdef".repeat(4));

    @Test
    void everyVector() {
        FileVectors.judge("statement", file -> {
            var statement = Statement.read(file);
            return statement.subjects().size() + " " + statement.predicateType() + " "
                    + statement.said().values();
        });
    }

    /// in-toto/attestation, `spec/v1/statement.md`.
    @Test
    void whatIsWritten() {
        assertEquals(
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"app.jar\",\"digest\":"
                        + "{\"sha256\":\"" + DIGEST.hex() + "\"}}],\"predicateType\":\"" + Predicate.PARAMETERS
                        + "\",\"predicate\":{\"job\":\"42\"}}",
                text(statement(1, "42").write()));
    }

    @Test
    void aStatementHasOneToAThousandSubjects() {
        assertEquals(
                1_000, Statement.read(statement(1_000, "42").write()).subjects().size());
        assertThrows(MalformedException.class, () -> statement(1_001, "42"));
        assertThrows(MalformedException.class, () -> statement(0, "42"));
    }

    @Test
    void aStatementHas750000BytesAtMost() {
        int rest = Statement.BYTES_MAX - statement(1, "").write().length();
        var largest = statement(1, "x".repeat(rest)).write();
        assertEquals(Statement.BYTES_MAX, largest.length());
        Statement.read(largest);
        var larger = statement(1, "x".repeat(rest + 1));
        assertThrows(MalformedException.class, larger::write);
        assertThrows(
                MalformedException.class,
                () -> Statement.read(Bytes.of((text(largest) + " ").getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aManifestIsReadBack() {
        var tree = tree("a/b", "a-b", "a/b.c/d", "ü", "\ud83d\ude00", "\uffee");
        var statement = Statement.read(TreeManifest.of(tree).statement("model").write());
        assertEquals(TreeManifest.of(tree), TreeManifest.read(statement));
        var without = new TreeManifest(tree, List.of("model.sig", ".git"));
        assertEquals(
                without,
                TreeManifest.read(Statement.read(without.statement("model").write())));
        assertEquals(
                List.of("a/b", "a/b.c/d", "a-b", "ü", "\uffee", "\ud83d\ude00"),
                statement.said().values().entrySet().stream()
                        .filter(value -> value.getKey().endsWith("/name"))
                        .map(java.util.Map.Entry::getValue)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sha256\":\"0 | \"sha256\":\"1 | subject is not the digest of its resources",
                "\"algorithm\":\"sha256\" | \"algorithm\":\"sha512\" | manifest's algorithm",
                "\"method\":\"files\" | \"method\":\"shards\" | manifest's method",
                "\"hash_type\":\"sha256\" | \"hash_type\":\"blake3\" | manifest's hash_type",
                "\"allow_symlinks\":false, |  | lacks the field \"allow_symlinks\"",
                "\"ignore_paths\":[] | \"ignore_paths\":\".git\" | is the text",
                "\"resources\":[ | \"more\":1,\"resources\":[ | is not known here",
                "\"name\":\"b\" | \"name\":\"a\" | stands in the manifest twice",
                "\"name\":\"b\" | \"name\":\"../b\" | is not that of a file within its tree",
                "\"name\":\"b\" | \"name\":\"/b\" | is not that of a file within its tree",
                "\"name\":\"b\" | \"name\":\"a/b\" | lies below a file",
                "\"name\":\"b\" | \"name\":\"\" | is not that of a file within its tree",
            })
    void oneFaultInAManifestEach(String fault) {
        String[] parts = fault.split(" \\| ?", -1);
        // A digest whose first digit is not 0 would not hit the first fault: the subject's digest is what it is.
        String manifest = text(TreeManifest.of(tree("a", "b"))
                        .statement("model")
                        .write())
                .replaceFirst("(\"model\",\"digest\":\\{\"sha256\":\")(.)", parts[0].endsWith("0") ? "$10" : "$1$2");
        String faulty = manifest.replace(parts[0], parts[1]);
        assertTrue(!faulty.equals(manifest) || parts[0].endsWith("0"), fault);
        var statement = Statement.read(Bytes.of(faulty.getBytes(StandardCharsets.UTF_8)));
        var e = assertThrows(MalformedException.class, () -> TreeManifest.read(statement));
        assertTrue(e.sentence().contains(parts[2]), e.sentence());
    }

    static Tree tree(String... paths) {
        var files = new TreeMap<String, Digest>();
        for (String path : paths) {
            files.put(path, DIGEST);
        }
        return Tree.of(files);
    }

    static Statement statement(int subjects, String job) {
        Json.Members predicate = new JsonFields().put("job", job).toJson();
        return new Statement(
                Collections.nCopies(subjects, new Subject("app.jar", DIGEST)), Predicate.PARAMETERS, predicate);
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
