// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.chancery.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that verifies takes a keyring by its pin, and every later one by the quorum of the one before.
class KeyringUpdateTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String QUORUM = "2:alice,bob,carol";

    @TempDir
    private static Path root;

    private static Path office;

    @TempDir
    private Path work;

    private Path host;
    private Path document;

    private record Said(int status, String text) {}

    @BeforeAll
    static void makeOffice() throws IOException {
        office = office("office");
        Files.writeString(root.resolve("app.txt"), "artifact\n");
        assertDone(run(office, NOW, "sign", root.resolve("app.txt").toString(), "--as", "release"));
    }

    @BeforeEach
    void nameFiles() {
        host = work.resolve("host");
        document = work.resolve("keyring.json");
    }

    private static Path office(String name) {
        Path home = root.resolve(name);
        assertDone(run(home, NOW, "init"));
        for (String signer : List.of("alice", "bob", "carol")) {
            assertDone(run(home, NOW, "authority", "add", signer, "--format", "statement"));
        }
        assertDone(run(home, NOW, "authority", "add", "release", "--format", "raw"));
        return home;
    }

    private static Said run(Path home, Instant now, String... words) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                stream,
                stream,
                Map.of("CHANCERY_HOME", home.toString()),
                Clock.fixed(now, ZoneOffset.UTC));
        int status = Main.run(terminal, words);
        return new Said(status, said.toString(StandardCharsets.UTF_8));
    }

    private static void assertDone(Said said) {
        assertEquals(0, said.status(), said.text());
    }

    private static void assertRefused(String words, Said said) {
        assertEquals(4, said.status(), said.text());
        assertTrue(said.text().contains(words), said.text());
    }

    /// Composes a document and has it signed; what pins it.
    private String composed(Path home, int serial, String... signers) {
        var made = run(
                home,
                NOW,
                "keyring",
                "compose",
                document.toString(),
                "--force",
                "--serial",
                Integer.toString(serial),
                "--quorum",
                QUORUM,
                "--expires",
                "90d");
        assertDone(made);
        for (String signer : signers) {
            assertDone(run(
                    home,
                    NOW,
                    "attest",
                    document.toString(),
                    "--force",
                    "--as",
                    signer,
                    "--param",
                    "keyring-serial=" + serial));
        }
        return made.text().strip().replaceAll("(?s).* ", "");
    }

    private Said update(String... more) {
        return update(NOW, document.toString(), more);
    }

    private Said update(Instant now, String source, String... more) {
        String[] words = {"keyring", "update", source, "--keyring", host.toString()};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return run(work.resolve("no-office"), now, all);
    }

    private void clearSignatures() throws IOException {
        try (var files = Files.newDirectoryStream(work, "keyring.json.*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private Said verified(Instant now) {
        return run(
                work.resolve("no-office"),
                now,
                "verify",
                root.resolve("app.txt").toString(),
                "--require",
                "release",
                "--keyring",
                host.toString());
    }

    private String begun() {
        String pin = composed(office, 1, "alice", "bob");
        assertDone(update("--pin", pin));
        return pin;
    }

    @Test
    void theFirstIsTakenByItsPinAndNotWithout() {
        String pin = composed(office, 1, "alice", "bob");
        assertRefused("has to be pinned", update());
        assertRefused("is pinned", update("--pin", "0".repeat(64)));
        assertDone(update("--pin", pin));
        assertDone(verified(NOW));
        var again = update();
        assertDone(again);
        assertTrue(again.text().contains("has already serial number 1"), again.text());
    }

    @Test
    void theFirstNeedsItsOwnQuorumToo() {
        assertRefused("the new keyring's quorum", update("--pin", composed(office, 1, "alice")));
        assertFalse(Files.exists(host.resolve("release.raw.pem")));
    }

    @Test
    void aLaterOneIsTakenByTheQuorumOfTheOneBefore() throws IOException {
        begun();
        clearSignatures();
        composed(office, 2, "carol");
        assertRefused("the known keyring's quorum, 2:alice,bob,carol", update());
        composed(office, 2, "carol", "bob");
        assertDone(update());
        assertTrue(update().text().contains("has already serial number 2"));
    }

    /// A whole office of the same names, which signed everything.
    @Test
    void anotherQuorumOfTheSameNamesIsRefused() throws IOException {
        begun();
        clearSignatures();
        composed(office("mallory"), 9, "alice", "bob", "carol");
        assertRefused("the known keyring's quorum", update());
        assertDone(verified(NOW));
    }

    @Test
    void anOlderOneAndAnotherOfTheSameNumberAreRefused() throws IOException {
        String first = begun();
        Path kept = Files.copy(document, work.resolve("old.json"));
        for (String signer : List.of("alice", "bob")) {
            String suffix = "." + signer + ".intoto.sigstore.json";
            Files.copy(work.resolve("keyring.json" + suffix), work.resolve("old.json" + suffix));
        }
        composed(office, 2, "alice", "bob");
        assertDone(update());
        assertRefused("number 2 is known", update(NOW, kept.toString()));
        assertRefused("number 2 is known", update(NOW, kept.toString(), "--pin", first));
        Files.writeString(document, Files.readString(document).replace("\"serial\":2,", "\"serial\": 2,"));
        assertRefused("two keyrings of serial number 2", update());
    }

    @Test
    void signaturesThatDoNotStateTheSerialNumberDoNotCount() throws IOException {
        begun();
        clearSignatures();
        composed(office, 2);
        for (String signer : List.of("alice", "bob")) {
            assertDone(run(office, NOW, "attest", document.toString(), "--as", signer, "--param", "keyring-serial=1"));
        }
        assertRefused("the known keyring's quorum", update());
    }

    @Test
    void pastItsEndNothingIsVerifiedByIt() {
        begun();
        Instant end = NOW.plus(Duration.ofDays(90));
        assertDone(verified(end.minusSeconds(60)));
        assertRefused("get a newer one", verified(end.plusSeconds(1)));
        assertRefused("get a newer one", update(end.plusSeconds(1), document.toString()));
    }

    @Test
    void keysThatNoDocumentVouchedForAreNotTakenOver() throws IOException {
        String pin = composed(office, 1, "alice", "bob");
        Files.createDirectories(host);
        Files.copy(office.resolve("keyring/release.raw.pem"), host.resolve("stranger.raw.pem"));
        assertRefused("no document vouched for", update("--pin", pin));
    }

    /// Killed behind any of its files, a first update and a later one are made again and end as they would have.
    @Test
    void anUpdateThatWasKilledIsMadeAgain() throws IOException {
        begun();
        var before = files(host);
        clearSignatures();
        assertDone(run(office, NOW, "authority", "add", "carol", "--format", "minisign"));
        String pin = composed(office, 2, "alice", "bob");
        assertDone(update());
        var after = files(host);
        var keys = after.keySet().stream().filter(name -> !name.startsWith(".")).toList();
        assertEquals(before.size() + 1, after.size());
        for (int killed = 0; killed <= keys.size(); killed++) {
            host = work.resolve("later-" + killed);
            leave(before, before.keySet());
            leave(after, keys.subList(0, killed));
            assertDone(update());
            assertEquals(after, files(host), "killed behind " + killed);
            host = work.resolve("first-" + killed);
            leave(after, keys.subList(0, killed));
            assertDone(update("--pin", pin));
            assertEquals(after, files(host), "killed behind " + killed);
            assertDone(verified(NOW));
        }
    }

    private static SortedMap<String, String> files(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    /// What an update that was killed leaves: some files moved, and a folder of others.
    private void leave(Map<String, String> files, Collection<String> names) throws IOException {
        Path folder = Files.createDirectories(host.resolve(".keyring-next"));
        Files.writeString(folder.resolve("left.raw.pem"), "left");
        for (String name : names) {
            Files.writeString(host.resolve(name), Objects.requireNonNull(files.get(name)));
        }
    }

    @Test
    void whatIsGoneFromTheDocumentIsGoneFromTheHost() throws IOException {
        begun();
        Path smaller = Files.createDirectory(work.resolve("smaller"));
        for (String signer : List.of("alice", "bob", "carol")) {
            Path file = office.resolve("keyring/" + signer + ".statement.pem");
            Files.copy(file, smaller.resolve(file.getFileName()));
        }
        assertDone(run(
                office,
                NOW,
                "keyring",
                "compose",
                document.toString(),
                "--force",
                "--serial",
                "2",
                "--quorum",
                QUORUM,
                "--keyring",
                smaller.toString()));
        for (String signer : List.of("alice", "bob")) {
            assertDone(run(
                    office,
                    NOW,
                    "attest",
                    document.toString(),
                    "--force",
                    "--as",
                    signer,
                    "--param",
                    "keyring-serial=2"));
        }
        assertDone(update());
        assertFalse(Files.exists(host.resolve("release.raw.pem")));
        assertEquals(1, verified(NOW).status());
    }

    @Test
    void itIsFetchedFromAWebsiteWithItsSignatures() throws IOException {
        String pin = composed(office, 1, "alice", "bob");
        HttpServer site = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), work, SimpleFileServer.OutputLevel.NONE);
        site.start();
        try {
            String url = "http://127.0.0.1:%d/keyring.json"
                    .formatted(site.getAddress().getPort());
            assertDone(update(NOW, url, "--pin", pin));
            assertDone(verified(NOW));
            assertEquals(
                    5, update(NOW, url.replace("keyring.json", "nothing.json")).status());
        } finally {
            site.stop(0);
        }
        assertEquals(3, update(NOW, "http://keys.example.org/keyring.json").status());
    }

    @Test
    void aDocumentEndsWithinTwoYears() {
        assertEquals(
                2,
                run(
                                office,
                                NOW,
                                "keyring",
                                "compose",
                                document.toString(),
                                "--serial",
                                "1",
                                "--quorum",
                                QUORUM,
                                "--expires",
                                "3y")
                        .status());
        assertEquals(
                3,
                run(office, NOW, "keyring", "compose", document.toString(), "--serial", "1", "--quorum", "release")
                        .status());
    }
}
