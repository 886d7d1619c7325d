// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.log.AddCheckpoint;
import dev.chancery.log.Checkpoint;
import dev.chancery.note.KeyName;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.log.LogKey;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    @TempDir
    private Path directory;

    private NoteSigner log;
    private TestLog honest;
    private TestLog forked;

    @BeforeEach
    void makeLog() {
        log = key("log.example");
        honest = new TestLog(log, "entry ", 0, 700);
        forked = new TestLog(log, "other ", 100, 700);
    }

    private NoteSigner key(String name) {
        Path file = directory.resolve(name + ".pem");
        LogKey.make(file, new SecureRandom());
        return LogKey.read(file, new KeyName(name));
    }

    private RunningWitness start() {
        return RunningWitness.in(directory, log.key());
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The steps of C2SP `tlog-witness`, "add-checkpoint".
    @Test
    void everyStatusOfTheStandardIsAnswered() throws Exception {
        try (var witness = start()) {
            assertCosigned(witness, honest.signed(5), witness.post(honest.request(0, 5)));
            assertCosigned(witness, honest.signed(5), witness.post(honest.request(5, 5)));
            assertEquals(400, witness.post(bytes("old 5\n")).statusCode());
            assertEquals(400, witness.post(honest.request(6, 5)).statusCode());
            assertEquals(403, witness.post(unsigned(honest.signed(5))).statusCode());
            var stranger = new TestLog(key("stranger.example"), "entry ", 0, 9);
            assertEquals(404, witness.post(stranger.request(0, 9)).statusCode());
            var conflict = witness.post(honest.request(0, 9));
            assertEquals(409, conflict.statusCode());
            assertEquals("5\n", conflict.body());
            assertEquals(
                    "text/x.tlog.size",
                    conflict.headers().firstValue("Content-Type").orElseThrow());
            assertEquals(422, witness.post(wrongProof()).statusCode());
            assertEquals(
                    413,
                    witness.post(Bytes.of(new byte[AddCheckpoint.BYTES_MAX + 1]))
                            .statusCode());
            assertEquals(
                    400,
                    witness.post(Bytes.of(new byte[AddCheckpoint.BYTES_MAX])).statusCode());
            assertEquals(405, witness.get("/add-checkpoint").statusCode());
            assertEquals(witness.key() + "\n", witness.get("/key").body());
        }
    }

    private Bytes unsigned(SignedNote note) {
        var other = new TestLog(key("other.example"), "entry ", 0, 5).signed(5);
        return new AddCheckpoint(5, List.of(), new SignedNote(note.text(), other.signatures())).write();
    }

    private Bytes wrongProof() {
        var right = AddCheckpoint.parse(honest.request(5, 9));
        var path = new ArrayList<>(right.path());
        path.set(0, honest.root(1));
        return new AddCheckpoint(5, path, right.note()).write();
    }

    private static void assertCosigned(RunningWitness witness, SignedNote note, HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        var cosigned = note.with(SignedNote.parseSignatures(answer.body()));
        var signer = cosigned.open(List.of(witness.key())).signers().getFirst();
        assertTrue(signer.time().isPresent());
    }

    /// An honest log goes on; one with another history has nothing from this witness, from whatever size it
    /// asks.
    @Test
    void aForkIsRefusedAlsoAfterARestart() throws Exception {
        try (var witness = start()) {
            assertCosigned(witness, honest.signed(256), witness.post(honest.request(0, 256)));
            assertForkRefused(witness);
        }
        try (var witness = start()) {
            assertForkRefused(witness);
            assertEquals(409, witness.post(honest.request(0, 300)).statusCode());
            assertCosigned(witness, honest.signed(700), witness.post(honest.request(256, 700)));
        }
    }

    private void assertForkRefused(RunningWitness witness) throws IOException, InterruptedException {
        assertEquals(409, witness.post(forked.request(256, 256)).statusCode());
        assertEquals(422, witness.post(forked.request(256, 700)).statusCode());
        assertEquals(409, witness.post(forked.request(0, 700)).statusCode());
        assertEquals(409, witness.post(forked.request(100, 200)).statusCode());
    }

    /// What monitors ask for: the log's signature and the witness's, and nobody else's.
    @Test
    void theLastCosignedCheckpointIsShown() throws Exception {
        try (var witness = start()) {
            String place = "/" + Book.nameOf("log.example") + "/checkpoint";
            assertEquals(404, witness.get(place).statusCode());
            var right = AddCheckpoint.parse(honest.request(0, 9));
            var more =
                    new TestLog(key("friend.example"), "entry ", 0, 1).signed(1).signatures();
            witness.post(new AddCheckpoint(0, right.path(), right.note().with(more)).write());
            var shown = SignedNote.parse(bytes(witness.get(place).body()));
            assertEquals(2, shown.signatures().size());
            assertEquals(
                    2, shown.open(List.of(log.key(), witness.key())).signers().size());
            assertEquals(9, Checkpoint.parse(shown.text()).size());
            assertEquals(404, witness.get("/" + "0".repeat(64) + "/checkpoint").statusCode());
        }
    }

    /// Requests for one log take turns: of those that go on from one size, one is cosigned.
    @Test
    void ofManyAtOnceEachStepIsTakenOnce() throws Exception {
        try (var witness = start();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEquals(200, witness.post(honest.request(0, 100)).statusCode());
            var cosigned = new HashMap<Long, List<Integer>>();
            for (int from = 100; from < 300; from += 50) {
                int old = from;
                var answers = new ArrayList<Future<Integer>>();
                for (int i = 0; i < 8; i++) {
                    var history = i % 2 == 0 ? honest : forked;
                    answers.add(clients.submit(
                            () -> witness.post(history.request(old, old + 50)).statusCode()));
                }
                var statuses = new ArrayList<Integer>();
                for (var answer : answers) {
                    statuses.add(answer.get());
                }
                cosigned.put((long) old, statuses);
            }
            cosigned.forEach((old, statuses) -> assertEquals(
                    1, statuses.stream().filter(status -> status == 200).count(), () -> old + ": " + statuses));
        }
    }

    @Test
    void theKeyIsMadeOnceAndItsOwnersAlone() throws IOException {
        VerifierKey first;
        try (var witness = start()) {
            first = witness.key();
        }
        Path file = directory.resolve("witness.pem");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var witness = start()) {
            assertEquals(first, witness.key());
            assertThrows(UnavailableException.class, this::start, "two processes on one state");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var e = assertThrows(MalformedException.class, this::start);
        assertTrue(e.sentence().startsWith("the witness's key "), e.sentence());
    }

    /// A witness that forgot must not go on.
    @Test
    void aKeyWithoutItsStateIsRefused() throws Exception {
        try (var witness = start()) {
            witness.post(honest.request(0, 256));
        }
        Path state = directory.resolve("state");
        Path aside = directory.resolve("aside");
        Files.move(state, aside);
        assertEquals(
                "witness-state",
                assertThrows(RefusedException.class, this::start).rule());
        Files.move(aside, state);
        Files.delete(directory.resolve("witness.pem"));
        assertEquals(
                "witness-state",
                assertThrows(RefusedException.class, this::start).rule());
    }

    @Test
    void whatCannotBeWrittenIsNotCosigned() throws Exception {
        try (var witness = start()) {
            Path state = directory.resolve("state");
            Path aside = directory.resolve("aside");
            Files.move(state, aside);
            assertEquals(503, witness.post(honest.request(0, 256)).statusCode());
            Files.move(aside, state);
            assertCosigned(witness, honest.signed(9), witness.post(honest.request(0, 9)));
        }
    }

    @Test
    void aConfigurationIsReadWithItsLimits() {
        String form = """
                {"version": 1, "name": "witness.example", "http": {"port": 0}, "logs": [%s]}""";
        var read = WitnessConfiguration.parse(bytes(form.formatted(quoted(log.key()))), directory);
        assertEquals(directory.resolve("witness.pem"), read.kept().key());
        assertEquals(directory.resolve("state"), read.kept().state());
        assertEquals(List.of(log.key()), read.logs());
        for (String logs : List.of("", quoted(log.key()) + "," + quoted(log.key()), "\"x\"")) {
            assertThrows(
                    MalformedException.class, () -> WitnessConfiguration.parse(bytes(form.formatted(logs)), directory));
        }
        assertEquals(
                1_000,
                WitnessConfiguration.parse(bytes(form.formatted(many(1_000))), directory)
                        .logs()
                        .size());
        assertThrows(
                MalformedException.class,
                () -> WitnessConfiguration.parse(bytes(form.formatted(many(1_001))), directory));
    }

    private static String quoted(VerifierKey key) {
        return "\"" + key + "\"";
    }

    /// So many keys, of which every point of the curve that its number hits is one.
    private static String many(int count) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(WitnessTest::keyOf)
                .flatMap(Optional::stream)
                .limit(count)
                .map(WitnessTest::quoted)
                .collect(Collectors.joining(","));
    }

    private static Optional<VerifierKey> keyOf(int number) {
        byte[] point = new byte[32];
        point[0] = (byte) number;
        point[1] = (byte) (number >> 8);
        try {
            return Optional.of(
                    new VerifierKey(dev.chancery.note.KeyType.ED25519, new KeyName("log-" + number), Bytes.of(point)));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
