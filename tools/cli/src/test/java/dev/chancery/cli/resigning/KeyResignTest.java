// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.ServedOffice;
import dev.chancery.core.Bytes;
import dev.chancery.entry.LogEntry;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.json.Json;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Receipt;
import dev.chancery.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `key resign` by a server whose keys were all replaced: what the old ones signed is found in its log.
class KeyResignTest {
    private static final List<String> REPLACED = List.of("raw", "sigstore", "statement", "cms");

    @TempDir
    private static Path root;

    private static ServedOffice office;

    /// By format, as they were and as they are.
    private static final Map<String, String> OLD = new TreeMap<>();

    private static final Map<String, String> NEW = new TreeMap<>();

    @BeforeAll
    static void replaceKeys() throws IOException {
        office = ServedOffice.in(root);
        OLD.putAll(keys("old.txt"));
        Path one = office.file("one.txt", "one\n");
        office.run("sign", one.toString(), "--as", "release", "--as", "qa", "--no-receipt")
                .assertStatus(0);
        office.run("sign", one.toString(), "--as", "release", "--format", "raw", "--force", "--no-receipt")
                .assertStatus(0);
        office.run(
                        "sign",
                        one.toString(),
                        "--as",
                        "release",
                        "--format",
                        "openpgp",
                        "--encoding",
                        "cleartext",
                        "--output",
                        office.file("One.txt").toString(),
                        "--no-receipt")
                .assertStatus(0);
        Path gone = office.file("gone.txt", "gone\n");
        office.run("sign", gone.toString(), "--as", "release", "--format", "openpgp", "--format", "raw")
                .assertStatus(0);
        Files.delete(gone);
        office.run("attest", one.toString(), "--as", "release", "--param", "job=42")
                .assertStatus(0);
        office.run("attest", one.toString(), "--as", "release", "--param", "job=43", "--force")
                .assertStatus(0);
        Path home = root.resolve("office");
        for (String format : REPLACED) {
            for (String folder : List.of("keys", "keyring")) {
                remove(home.resolve(folder), "release." + format + ".");
            }
            words("authority add release --requester token:ci --format " + format);
        }
        var today = LocalDate.now(Clock.systemUTC());
        words("key create release --cycle a --start %s --end %s".formatted(today.minusDays(30), today.plusDays(60)));
        words("key revoke release --reason compromised");
        words("key plan release --cycle b --start %s --end %s".formatted(today.minusDays(1), today.plusDays(60)));
        words("key publish release");
        words("key activate release");
        office = office.restarted();
        NEW.putAll(keys("new.txt"));
    }

    private static void words(String line) {
        ServedOffice.run(Map.of("CHANCERY_HOME", root.resolve("office").toString()), List.of(line.split(" ")))
                .assertStatus(0);
    }

    private static void remove(Path folder, String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            path -> String.valueOf(path.getFileName()).startsWith(beginning))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    /// The keys that release signs with, by their formats.
    private static Map<String, String> keys(String name) throws IOException {
        Path file = office.file(name, name);
        var said = office.run("sign", file.toString(), "--as", "release", "--json", "--force")
                .assertStatus(0);
        var attested = office.run("attest", file.toString(), "--as", "release", "--param", "a=b", "--json", "--force")
                .assertStatus(0);
        var keys = new HashMap<String, String>();
        Json.parse(Bytes.of(said.output().getBytes(StandardCharsets.UTF_8)), "answer", 1 << 20)
                .object(answer -> answer.list(
                        "signed",
                        1,
                        10,
                        one -> one.object(fields -> {
                            for (String field : List.of("artifact", "authority", "encoding", "file")) {
                                fields.text(field);
                            }
                            keys.put(fields.text("format"), fields.text("key"));
                            return "";
                        })));
        var key = Pattern.compile("\"key\": \"([0-9a-f]{64})\"").matcher(attested.output());
        assertTrue(key.find(), attested::output);
        keys.put("statement", key.group(1));
        return keys;
    }

    private static String oldKey(String format) {
        return Objects.requireNonNull(OLD.get(format), format);
    }

    private static String newKey(String format) {
        return Objects.requireNonNull(NEW.get(format), format);
    }

    private static ServedOffice.Said resign(String format, String... more) {
        var words = new ArrayList<>(List.of("key", "resign", "--key", oldKey(format), "--under", newKey(format)));
        words.addAll(List.of(more));
        if (!words.contains("--log-key") && !words.contains("--dry-run")) {
            words.addAll(List.of("--log-key", office.logKey()));
        }
        return office.run(words.toArray(String[]::new));
    }

    private static Path output(String name) {
        return root.resolve("again-" + name);
    }

    private static Path written(String name, String sha256Of, String file) throws IOException {
        return output(name)
                .resolve(sha256(Files.readAllBytes(office.file(sha256Of))))
                .resolve(file);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertVerifies(Path artifact, Path signature, String key) {
        ServedOffice.run(
                        Map.of(),
                        List.of(
                                "verify",
                                artifact.toString(),
                                "--signature",
                                signature.toString(),
                                "--keyring",
                                office.keyring(),
                                "--require",
                                "release",
                                "--log",
                                office.logKey(),
                                "--json"))
                .assertStatus(0)
                .assertSays(key);
    }

    @Test
    void digestsOfTheLogAreEnoughForRawCmsAndSigstore() throws IOException {
        for (String format : List.of("raw", "cms", "sigstore")) {
            String output = output(format).toString();
            // raw: one.txt was signed twice, and is signed again once.
            int count = format.equals("raw") ? 3 : 2;
            resign(format, "--dry-run", "--output", output)
                    .assertStatus(0)
                    .assertSays("one.txt  would be signed again as release (%s), entry ".formatted(format))
                    .assertSays("%1$d signatures by the key: 0 signed again, %1$d that would be".formatted(count));
            assertFalse(Files.exists(output(format)));
            resign(format, "--output", output, "--log-key", office.logKey())
                    .assertStatus(0)
                    .assertSays("%1$d signatures by the key: %1$d signed again, 0 that would be".formatted(count));
            String suffix = switch (format) {
                case "raw" -> ".raw.sig";
                case "cms" -> ".p7s";
                default -> ".sigstore.json";
            };
            assertVerifies(
                    office.file("one.txt"), written(format, "one.txt", "one.txt.release" + suffix), newKey(format));
            // A file that was not written, as if the run had been killed, is had from the server.
            Path file = written(format, "one.txt", "one.txt.release" + suffix);
            byte[] first = Files.readAllBytes(file);
            Files.delete(file);
            resign(format, "--output", output)
                    .assertStatus(0)
                    .assertSays("0 signed again, 0 that would be, %d were already, 0 left".formatted(count));
            assertEquals(HexFormat.of().formatHex(first), HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
    }

    @Test
    void openPgpNeedsTheContentWhateverItIsCalledNow() throws IOException {
        Path folder = Files.createDirectories(root.resolve("pool/o"));
        Path moved = Files.copy(office.file("one.txt"), folder.resolve("renamed.bin"));
        Files.writeString(folder.resolve("other.bin"), "eno\n");
        var all = Instant.now(Clock.systemUTC()).plusSeconds(60).toString();
        resign("openpgp", "--dry-run", "--until", all)
                .assertStatus(1)
                .assertSays("openpgp signs more of a content than the digests in the log; --content names folders")
                .assertSays("4 left");
        resign(
                        "openpgp",
                        "--content",
                        root.resolve("pool").toString(),
                        "--output",
                        output("pgp").toString())
                .assertStatus(1)
                .assertSays("2 left");
        assertVerifies(moved, written("pgp", "one.txt", "one.txt.release.asc"), newKey("openpgp"));
        Path document = written("pgp", "one.txt", "one.txt.release.cleartext.asc");
        ServedOffice.run(
                        Map.of(),
                        List.of("verify", document.toString(), "--keyring", office.keyring(), "--require", "release"))
                .assertStatus(0);
        resign("openpgp", "--content", root.resolve("work").toString())
                .assertStatus(1)
                .assertSays("1 signed again, 0 that would be, 2 were already, 1 left")
                .assertSays("gone.txt  not signed again as release (openpgp)");
        assertProvesOld(written("pgp", "one.txt", "one.txt.release.asc.before.tlog-proof"));
    }

    /// That the log has the signature that was made again.
    private static void assertProvesOld(Path file) throws IOException {
        var receipt = Receipt.parse(Bytes.of(Files.readAllBytes(file)));
        var entry = (SignatureEntry) LogEntry.parse(receipt.extra().orElseThrow());
        receipt.verify(entry.leafHash(), LogPolicy.ofLog(VerifierKey.parse(office.logKey())));
        assertEquals(oldKey("openpgp"), entry.by().key().hex());
        assertEquals("one.txt", entry.signed().artifact().name().text());
    }

    @Test
    void statementsAreTheServersAndProvenByTheLog() throws IOException {
        var planned = resign("statement", "--dry-run", "--json").assertStatus(0);
        var first = Pattern.compile("\"index\": ([0-9]+),\\s*\"artifact\": \"one.txt\"")
                .matcher(planned.output());
        assertTrue(first.find(), planned::output);
        String one = "/v1/artifacts/%s/".formatted(sha256(Files.readAllBytes(office.file("one.txt"))));
        new LyingServer(office, path -> path.replaceAll(one + "[0-9]+$", one + first.group(1)), text -> text)
                .run(
                        "key",
                        "resign",
                        "--key",
                        oldKey("statement"),
                        "--under",
                        newKey("statement"),
                        "--log-key",
                        office.logKey())
                .assertStatus(4)
                .assertSays("the server's statement at entry")
                .assertSays("is not the one that the log has");
        resign("statement", "--output", output("statement").toString(), "--json")
                .assertStatus(0)
                .assertSays("\"outcome\": \"signed\"");
        var jobs = new ArrayList<String>();
        try (var files = Files.list(written("statement", "one.txt", "x").getParent())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                var said = ServedOffice.run(
                                Map.of(),
                                List.of(
                                        "verify",
                                        office.file("one.txt").toString(),
                                        "--signature",
                                        file.toString(),
                                        "--keyring",
                                        office.keyring(),
                                        "--require",
                                        "release",
                                        "--predicate-type",
                                        "https://chancery.dev/attestation/parameters/v1",
                                        "--log",
                                        office.logKey(),
                                        "--json"))
                        .assertStatus(0)
                        .assertSays(newKey("statement"));
                jobs.add(said.output().contains("\"42\"") ? "42" : "43");
            }
        }
        assertEquals(List.of("42", "43"), jobs.stream().sorted().toList());
    }

    @Test
    void theLogSaysWhichKeyTookThePlaceOfWhich() throws IOException, InterruptedException {
        var log = new LoggedEvents(office);
        assertEquals(
                List.of("announced", "activated", "signed"),
                log.of(newKey("openpgp")).subList(0, 3));
        assertEquals(
                List.of("announced", "activated", "signed", "signed", "signed", "signed", "revoked"),
                log.of(oldKey("openpgp")));
    }

    @Test
    void whatWasSignedAfterTheCompromiseIsNotSignedAgain() {
        resign("raw", "--until", "2020-01-01", "--dry-run").assertStatus(0).assertSays("0 signatures by the key");
        resign("sigstore", "--until", "2020-01-01", "--dry-run").assertStatus(0).assertSays("0 signatures by the key");
        resign("raw", "--since", "yesterday").assertStatus(2).assertSays("is not like 2026-03-01");
    }

    @Test
    void onlyAKeyOfTheSameAuthorityAndFormatIsASuccessor() {
        office.run("key", "resign", "--key", oldKey("raw"), "--under", newKey("cms"), "--dry-run")
                .assertStatus(4)
                .assertSays("release");
        office.run("key", "resign", "--key", oldKey("raw"), "--under", oldKey("raw"))
                .assertStatus(2)
                .assertSays("the same key");
        office.run("key", "resign", "--key", "0D1F", "--under", newKey("raw"))
                .assertStatus(3)
                .assertSays("is not 64 lower-case hex digits");
    }

    /// Whoever writes the log says what is signed.
    @Test
    void aLogThatNobodyVouchesForHasNothingSigned() {
        office.run("key", "resign", "--key", oldKey("raw"), "--under", newKey("raw"))
                .assertStatus(2)
                .assertSays("--log-key names whose log is believed");
        resign("raw", "--dry-run").assertStatus(0).assertSays("nobody checked who signed the log");
        resign("raw", "--log-key", office.otherLogKey()).assertStatus(4);
    }

    @Test
    void aLogThatIsNotWholeIsNotBelieved() throws IOException {
        Path log = root.resolve("log-copy");
        copy(root.resolve("log"), log);
        Path tiles = log.resolve("tile/entries");
        try (var files = Files.walk(tiles)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                Files.write(
                        file,
                        text.replace("\"name\":\"one.txt\"", "\"name\":\"eno.txt\"")
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        var said = resign("raw", "--log", log.toString());
        assertTrue(said.status() == 3 || said.status() == 4, said::errors);
        assertFalse(said.output().contains("signed again"), said::output);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
