// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.key.KeyId;
import dev.chancery.log.Checkpoint;
import dev.chancery.note.KeyName;
import dev.chancery.note.NoteSigner;
import dev.chancery.server.log.LogKey;
import dev.chancery.tree.TileFile;
import dev.chancery.tree.TreeEdge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `log monitor`: a log that grows is followed, one that breaks its promise is reported, and a network that
/// fails is neither.
class LogMonitorTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path directory;

    private NoteSigner key;

    @BeforeEach
    void makeKey() {
        LogKey.make(directory.resolve("log.pem"), new SecureRandom());
        key = LogKey.read(directory.resolve("log.pem"), new KeyName("log.example"));
    }

    private static Bytes entry(int number, String name) {
        var digest = new Digest(DigestAlgorithm.SHA256, new byte[32]);
        return new SignatureEntry(
                        new SignatureEntry.Signed(
                                new Artifact(new ArtifactName(name + number), 5), digest, Optional.empty()),
                        new SignatureEntry.By(
                                new Authority(number % 10 == 0 ? "release" : "build"),
                                new KeyId("ab".repeat(32)),
                                new FormatName("raw"),
                                Encoding.BINARY),
                        digest,
                        TIME.plusSeconds(number))
                .encode();
    }

    /// Writes a log with so many entries, which from `fork` on are other ones.
    private Path write(String name, int size, int fork) throws IOException {
        List<Bytes> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(entry(i, i < fork ? "artifact-" : "other-"));
        }
        var growth = TreeEdge.empty().grow(entries);
        Path folder = directory.resolve(name);
        for (TileFile file : growth.files()) {
            Path path = folder.resolve(file.path().toString());
            Files.createDirectories(path.getParent());
            Files.write(path, file.content().toArray());
        }
        var checkpoint = new Checkpoint("log.example", size, growth.root()).sign(key);
        Files.write(folder.resolve("checkpoint"), checkpoint.write().toArray());
        return folder;
    }

    private Path grown(String name, int size) throws IOException {
        return write(name, size, Integer.MAX_VALUE);
    }

    private ServedOffice.Said monitor(Object place, String... more) {
        var words = new ArrayList<>(
                List.of("log", "monitor", place.toString(), "--key", key.key().toString(), "--once"));
        words.addAll(List.of(more));
        return ServedOffice.run(Map.of(), words);
    }

    private ServedOffice.Said remembering(Object place, String... more) {
        var words = new ArrayList<>(List.of("--state", state().toString()));
        words.addAll(List.of(more));
        return monitor(place, words.toArray(String[]::new));
    }

    private Path state() {
        return directory.resolve("log.state");
    }

    private List<Path> evidence() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().contains(".evidence-"))
                    .toList();
        }
    }

    @Test
    void newEntriesOfAnAuthorityAreShownOnce() throws IOException {
        Path log = grown("log", 5);
        remembering(log)
                .assertStatus(0)
                .assertSays("0  2026-03-01T12:00:00Z  release raw  artifact-0  key abab")
                .assertSays("5 entries of log.example, 5 of them new");
        remembering(log).assertStatus(0).assertSays("5 entries of log.example, 0 of them new");
        for (int size : new int[] {6, 255, 256, 300, 700}) {
            grown("log", size);
            remembering(log, "--authority", "release").assertStatus(0).assertSays(size + " entries of log.example");
        }
        grown("log", 712);
        var said = remembering(log, "--authority", "release", "--json").assertStatus(0);
        var lines = said.output().lines().toList();
        assertEquals(3, lines.size(), said.output());
        assertTrue(lines.getFirst().contains("\"index\":700"), said.output());
        assertTrue(lines.getLast().contains("\"size\":712"), said.output());
        remembering(log, "--authority", "nobody").assertStatus(0).assertSays(", 0 of them new");
    }

    @Test
    void aForkAShrunkAndARewrittenLogAreReportedWithEvidence() throws IOException {
        remembering(grown("log", 300)).assertStatus(0);
        String before = Files.readString(state());
        remembering(grown("shrunk", 299))
                .assertStatus(1)
                .assertSays("INCONSISTENT")
                .assertSays("it has 299 entries, and had 300");
        remembering(write("same-size", 300, 299)).assertStatus(1).assertSays("to root");
        var said = remembering(write("longer", 400, 10), "--json").assertStatus(1);
        assertTrue(said.output().contains("\"consistent\":false"), said.output());
        assertFalse(said.output().contains("other-"), "what is nobody's word is not shown");
        assertEquals(3, evidence().size());
        for (Path file : evidence()) {
            String kept = Files.readString(file);
            assertEquals(2, kept.split("log.example\\\\n", -1).length - 1, kept);
        }
        remembering(grown("shrunk", 299)).assertStatus(1);
        assertEquals(3, evidence().size(), "the same finding is kept once");
        assertEquals(before, Files.readString(state()), "the state is the last one that held");
        remembering(grown("log", 301)).assertStatus(0);
    }

    @Test
    void aRewrittenEntryIsReported() throws IOException {
        Path log = grown("log", 300);
        remembering(log).assertStatus(0);
        grown("log", 600);
        Path bundle = log.resolve("tile/entries/001");
        String text = Files.readString(bundle, StandardCharsets.ISO_8859_1);
        Files.writeString(bundle, text.replace("artifact-500", "artifact-5OO"), StandardCharsets.ISO_8859_1);
        remembering(log).assertStatus(1).assertSays("is broken");
    }

    /// What anybody between us and the log can bring about is *unavailable*.
    @Test
    void aBadNetworkIsNoAlarm() throws IOException {
        Path log = grown("log", 300);
        remembering(log).assertStatus(0);
        byte[] page = "<html>log in first</html>".getBytes(StandardCharsets.US_ASCII);
        for (int status : new int[] {200, 302, 404, 500}) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            server.start();
            try {
                remembering("http://127.0.0.1:%d/log"
                                .formatted(server.getAddress().getPort()))
                        .assertStatus(5);
            } finally {
                server.stop(0);
            }
        }
        remembering("http://127.0.0.1:1/log").assertStatus(5);
        makeKey2();
        remembering(grown("stranger", 300)).assertStatus(3);
        assertTrue(evidence().isEmpty());
    }

    private void makeKey2() {
        LogKey.make(directory.resolve("other.pem"), new SecureRandom());
        key = LogKey.read(directory.resolve("other.pem"), new KeyName("log.example"));
    }

    @Test
    void itFollowsUntilSomethingIsWrong() throws Exception {
        Path log = grown("log", 10);
        var words = List.of(
                "log",
                "monitor",
                log.toString(),
                "--key",
                key.key().toString(),
                "--interval",
                "1s",
                "--state",
                state().toString());
        var said = new ArrayList<ServedOffice.Said>();
        var monitor = Thread.ofPlatform().start(() -> said.add(ServedOffice.run(Map.of(), words)));
        while (!Files.exists(state())) {
            Thread.sleep(20);
        }
        Path checkpoint = log.resolve("checkpoint");
        byte[] good = Files.readAllBytes(checkpoint);
        Files.writeString(checkpoint, "half of a fi");
        Thread.sleep(1_200);
        Files.write(checkpoint, good);
        grown("log", 20);
        while (Files.readString(state()).contains("\n10\n")) {
            Thread.sleep(20);
        }
        Files.write(checkpoint, good);
        monitor.join();
        said.getFirst()
                .assertStatus(1)
                .assertSays("20 entries of log.example, 10 of them new")
                .assertSays("it has 10 entries, and had 20")
                .assertSays("shows no checkpoint of that log now");
    }

    @Test
    void whatIsAskedHasToMakeSense() throws IOException {
        Path log = grown("log", 1);
        ServedOffice.run(Map.of(), List.of("log", "monitor", log.toString(), "--once"))
                .assertStatus(2)
                .assertSays("either --key or --policy");
        for (String interval : List.of("0s", "1", "x", "99999s", "1d")) {
            monitor(log, "--interval", interval).assertStatus(2);
        }
        Files.writeString(state(), "nonsense");
        remembering(log).assertStatus(3);
        Path policy = Files.writeString(directory.resolve("policy"), "log %s\nquorum none\n".formatted(key.key()));
        ServedOffice.run(Map.of(), List.of("log", "monitor", log.toString(), "--policy", policy.toString(), "--once"))
                .assertStatus(0);
    }
}
