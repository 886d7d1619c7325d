// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.cosigning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.log.LogPolicy;
import dev.chancery.note.KeyName;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.listener.StockTool;
import dev.chancery.server.log.LogKey;
import dev.chancery.server.log.Sequencer;
import dev.chancery.server.log.TestEntries;
import dev.chancery.server.log.TileFolder;
import dev.chancery.server.witness.RunningWitness;
import dev.chancery.store.Store;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.request.Instance;
import dev.chancery.tree.TreeHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log that asks real witnesses, which come and go.
class WitnessedLogTest {
    @TempDir
    private Path directory;

    private NoteSigner log;

    @BeforeEach
    void makeKey() {
        LogKey.make(directory.resolve("log.pem"), new SecureRandom());
        log = LogKey.read(directory.resolve("log.pem"), new KeyName("log.example"));
    }

    private Store store(String name) {
        var location = new StoreLocation.SqliteFile(directory.resolve(name + ".db"));
        return Store.open(location, new Instance("test"), InstantSource.system());
    }

    private Sequencer sequencer(Store store, String name, Witnesses witnesses) {
        return new Sequencer(store.ledger(), new TileFolder(directory.resolve(name)), log, witnesses);
    }

    private RunningWitness witness(String name) throws IOException {
        return RunningWitness.in(Files.createDirectories(directory.resolve(name)), log.key());
    }

    /// `LINE` of a policy for a witness at a URL.
    private static String line(String name, VerifierKey key, String url) {
        return "witness %s %s %s\n".formatted(name, key, url);
    }

    private Path policy(String lines) throws IOException {
        return Files.writeString(directory.resolve("policy"), "log %s\n%s".formatted(log.key(), lines));
    }

    private Witnesses witnesses(String lines) throws IOException {
        return Witnesses.of(new WitnessPlan(policy(lines), Optional.empty()), log.key());
    }

    private static Sequencer.Logged logged(Sequencer sequencer, String text) {
        return sequencer
                .submit(TestEntries.one(text))
                .join()
                .items()
                .orElseThrow()
                .getFirst();
    }

    private void assertProved(Sequencer.Logged logged, String text, int cosignatures) throws IOException {
        var policy = LogPolicy.parse(Bytes.of(Files.readAllBytes(directory.resolve("policy"))));
        var leaf = TreeHash.leaf(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
        var verified = logged.receipt().orElseThrow().verify(leaf, policy);
        assertEquals(cosignatures, verified.checkpoint().cosignatures().size());
    }

    private static void assertUnavailable(Sequencer sequencer, String text, String why) {
        var failed = assertThrows(CompletionException.class, () -> logged(sequencer, text));
        var sentence =
                assertInstanceOf(UnavailableException.class, failed.getCause()).sentence();
        assertTrue(sentence.contains(why), sentence);
        assertTrue(sequencer.fault().orElse("").contains(why), sequencer.fault().orElse("none"));
    }

    /// Receipts hold offline under a policy that demands two of three witnesses, of which one is not there.
    @Test
    void aQuorumIsEnough() throws IOException {
        try (var one = witness("one");
                var two = witness("two")) {
            var gone = witness("three");
            gone.close();
            String lines = line("one", one.key(), one.url())
                    + line("two", two.key(), two.url() + "/")
                    + line("three", gone.key(), gone.url())
                    + "group two-of-them 2 one two three\nquorum two-of-them\n";
            try (var witnesses = witnesses(lines);
                    var store = store("store");
                    var sequencer = sequencer(store, "log", witnesses)) {
                assertTrue(sequencer.fault().isEmpty());
                for (int i = 0; i < 20; i++) {
                    assertProved(logged(sequencer, "entry " + i), "entry " + i, 2);
                }
            }
            // Another server of the same log does not know what the witnesses cosigned, and is told.
            try (var witnesses = witnesses(lines);
                    var store = store("store");
                    var sequencer = sequencer(store, "log", witnesses)) {
                assertProved(logged(sequencer, "after"), "after", 2);
            }
        }
    }

    /// Nothing leaves without a quorum, nothing is lost, and it goes on by itself.
    @Test
    void withoutAQuorumTheLogWaitsForIt() throws Exception {
        var witness = witness("one");
        int port = witness.port();
        String lines = line("one", witness.key(), witness.url()) + "quorum one\n";
        try (var witnesses = witnesses(lines);
                var store = store("store")) {
            try (var sequencer = sequencer(store, "log", witnesses)) {
                assertProved(logged(sequencer, "first"), "first", 1);
                witness.close();
                assertUnavailable(sequencer, "second", "one (127.0.0.1) cannot be reached");
                witness = RunningWitness.at(port, directory.resolve("one"), log.key());
                awaitPublished(sequencer);
                assertProved(logged(sequencer, "second"), "second", 1);
                assertEquals(2, store.ledger().published().size());
            }
            witness.close();
            store.ledger().append(List.of(TestEntries.one("third")));
            try (var sequencer = sequencer(store, "log", witnesses)) {
                assertTrue(sequencer.fault().isPresent(), "it starts, and is not ready");
                witness = RunningWitness.at(port, directory.resolve("one"), log.key());
                awaitPublished(sequencer);
                assertProved(logged(sequencer, "third"), "third", 1);
            }
        } finally {
            witness.close();
        }
    }

    private static void awaitPublished(Sequencer sequencer) throws InterruptedException {
        for (int i = 0; i < 400 && sequencer.fault().isPresent(); i++) {
            Thread.sleep(25);
        }
        assertEquals(Optional.empty(), sequencer.fault());
    }

    /// The log's own key signs a second history: an honest quorum has none of it, shorter or longer.
    @Test
    void anHonestQuorumRefusesAFork() throws IOException {
        try (var one = witness("one");
                var two = witness("two");
                var witnesses = witnesses(line("one", one.key(), one.url())
                        + line("two", two.key(), two.url())
                        + "group both all one two\nquorum both\n")) {
            try (var store = store("store");
                    var sequencer = sequencer(store, "log", witnesses)) {
                for (int i = 0; i < 3; i++) {
                    assertProved(logged(sequencer, "entry " + i), "entry " + i, 2);
                }
            }
            try (var store = store("fork");
                    var sequencer = sequencer(store, "fork", witnesses)) {
                assertUnavailable(sequencer, "other 0", "has cosigned a tree of 3 entries, and the log has 1");
                assertUnavailable(sequencer, "other 1", "would be a second history");
                assertUnavailable(sequencer, "other 2", "with HTTP status 409");
                assertUnavailable(sequencer, "other 3", "says that this is not the log that it cosigned before");
                assertTrue(store.ledger().published().checkpoint().isEmpty());
                assertTrue(
                        new TileFolder(directory.resolve("fork")).checkpoint().isEmpty());
            }
        }
    }

    /// What is no cosignature of the witness's own key counts for nothing, whatever the status.
    @Test
    void aLiarIsNoWitness() throws IOException {
        for (String answer : List.of("", "nonsense", "\u2014 witness.example AAAAAAAAAAAA\n", "5\n")) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.equals("5\n") ? 409 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            try (var known = witness("known");
                    var witnesses = witnesses(line(
                                    "liar",
                                    known.key(),
                                    "http://127.0.0.1:" + server.getAddress().getPort())
                            + "quorum liar\n");
                    var store = store("liar");
                    var sequencer = sequencer(store, "liar", witnesses)) {
                assertTrue(sequencer.fault().isPresent(), answer);
                assertTrue(store.ledger().published().checkpoint().isEmpty());
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void aPolicyThatCannotBeMetIsMalformed() throws IOException {
        LogKey.make(directory.resolve("w.pem"), new SecureRandom());
        var key = LogKey.read(
                        directory.resolve("w.pem"), new KeyName("w"), dev.chancery.note.KeyType.ED25519_COSIGNATURE)
                .key();
        assertMalformed("witness w %s\nquorum w\n".formatted(key), "cannot make");
        assertMalformed(line("w", key, "ftp://w.example") + "quorum w\n", "ftp://w.example");
        assertMalformed(line("w", key, "https://w.example/?a") + "quorum w\n", "without a query");
        var policy = Files.writeString(directory.resolve("other"), "quorum none\n");
        var e = assertThrows(
                MalformedException.class, () -> Witnesses.of(new WitnessPlan(policy, Optional.empty()), log.key()));
        assertTrue(e.sentence().contains("does not name the log's own key"), e.sentence());
        try (var none = Witnesses.none()) {
            assertTrue(!none.any());
        }
    }

    private void assertMalformed(String lines, String why) {
        var e = assertThrows(MalformedException.class, () -> witnesses(lines));
        assertTrue(e.sentence().contains(why), e.sentence());
    }

    /// A witness in Go is asked by our log.
    @Test
    void aForeignWitnessCosigns() throws Exception {
        StockTool.run("log-judge", "key", directory.resolve("unused").toString(), "unused.example");
        var process = new ProcessBuilder("log-judge", "witness", log.key().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var words = List.of(said.readLine().split(" ", -1));
            try (var witnesses = witnesses(
                            line("go", VerifierKey.parse(words.getLast()), words.getFirst()) + "quorum go\n");
                    var store = store("store")) {
                try (var sequencer = sequencer(store, "log", witnesses)) {
                    for (int i = 0; i < 5; i++) {
                        assertProved(logged(sequencer, "entry " + i), "entry " + i, 1);
                    }
                }
                try (var fork = store("fork");
                        var sequencer = sequencer(fork, "fork", witnesses)) {
                    assertUnavailable(sequencer, "other", "would be a second history");
                }
            }
        } finally {
            process.getOutputStream().close();
            assertEquals(0, process.waitFor());
        }
    }

    /// A log in Go, with two histories, asks our witness.
    @Test
    void aForeignLogIsWitnessed() throws Exception {
        String file = directory.resolve("go.key").toString();
        var key = VerifierKey.parse(
                StockTool.run("log-judge", "key", file, "go.example/log").text().strip());
        Path place = Files.createDirectories(directory.resolve("witness"));
        try (var witness = RunningWitness.in(place, log.key(), key)) {
            var said = StockTool.run(
                    "log-judge", "ask", file, witness.url(), witness.key().toString());
            assertEquals(new StockTool.Said(0, ""), said);
        }
    }

    /// Of a store that was put back: the witnesses know more than it.
    @Test
    void aStoreOfYesterdayIsNotCosigned() throws IOException {
        try (var one = witness("one");
                var witnesses = witnesses(line("one", one.key(), one.url()) + "quorum one\n")) {
            try (var store = store("store");
                    var sequencer = sequencer(store, "log", witnesses)) {
                logged(sequencer, "first");
                logged(sequencer, "second");
            }
            try (var store = store("yesterday")) {
                assertEquals(
                        "log-fork",
                        assertThrows(RefusedException.class, () -> sequencer(store, "log", witnesses))
                                .rule());
                try (var sequencer = sequencer(store, "new-folder", witnesses)) {
                    assertUnavailable(sequencer, "first", "would be a second history");
                }
            }
        }
    }
}
