// SPDX-License-Identifier: Apache-2.0
package dev.chancery.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.audit.AuditChain;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.enclave.audit.Decision;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import dev.chancery.protocol.EnclaveClient;
import dev.chancery.protocol.SigningRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged enclave, started, asked, and killed.
class EnclaveIT {
    private static final int KILLS = 4 * Integer.getInteger("rounds", 1);
    private static final int CLIENTS = 4;

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void makeOffice() throws IOException {
        office = Office.in(root);
        office.authority("release", "openpgp", "ed25519");
        RunningEnclave.configure(office, root, List.of(RunningEnclave.ME));
    }

    private static Path content(String name, String text) throws IOException {
        return Files.writeString(office.work().resolve(name), text);
    }

    /// A shell line in which `$DOOR` is a socket and `$F` a file.
    private static Answer shell(String line, Path door, Path file) {
        var environment = new HashMap<>(office.environment());
        environment.put("DOOR", door.toString());
        environment.put("F", file.toString());
        environment.put("CHANCERY", Office.PACKAGED.resolve("bin/chancery").toString());
        return Answer.to(root, environment, List.of("sh", "-c", line));
    }

    private static void assertGood(Path file) {
        StockTool.GPGV
                .run(root, "--keyring", office.certificate("release").toString(), file + ".sig", file.toString())
                .assertStatus(0);
    }

    @Test
    void streamsAreSignedThroughTheRelayAndThroughSocat() throws Exception {
        try (var enclave = RunningEnclave.start(office, root)) {
            Path file = content("relayed.txt", "hello\n");
            shell("\"$CHANCERY\" relay \"$DOOR\" <\"$F\" >\"$F.sig\"", enclave.socket("relay"), file)
                    .assertStatus(0);
            assertGood(file);
            Path plain = content("plain.txt", "hello\n");
            StockTool.SOCAT.require();
            shell("socat -t 30 - \"UNIX-CONNECT:$DOOR\" <\"$F\" >\"$F.sig\"", enclave.socket("plain"), plain)
                    .assertStatus(0);
            assertGood(plain);
            String name =
                    "SSH_ORIGINAL_COMMAND='sign named.txt' \"$CHANCERY\" relay --name-from-command \"$DOOR\" <\"$F\"";
            shell(name + " >\"$F.sig\"", enclave.socket("relay"), file).assertStatus(0);
            assertGood(file);
            String last = Files.readAllLines(enclave.auditFile()).getLast();
            assertTrue(last.contains("\"artifact\":\"named.txt\""), last);
        }
    }

    @Test
    void theRelayTellsWhyThereIsNoSignature() throws Exception {
        try (var enclave = RunningEnclave.start(office, root)) {
            Path empty = content("empty.txt", "");
            String relay = "\"$CHANCERY\" relay \"$DOOR\" <\"$F\"";
            var malformed = shell(relay, enclave.socket("relay"), empty).assertStatus(3);
            assertEquals("", malformed.output());
            malformed.assertSays("the stream is empty");
            shell(
                            "SSH_ORIGINAL_COMMAND='rm -rf /' \"$CHANCERY\" relay --name-from-command \"$DOOR\"",
                            enclave.socket("relay"),
                            empty)
                    .assertStatus(3)
                    .assertSays("the command is not 'sign NAME'");
            shell(relay, root.resolve("nobody.sock"), empty).assertStatus(5).assertSays("does not answer at ");
            shell(relay, enclave.socket("plain"), content("f.txt", "hello")).assertStatus(5);
        }
    }

    /// Whoever stops in the middle, as a file copy does that waits for an answer of its own, is not waited for.
    @Test
    void aStreamThatStopsIsEnded() throws Exception {
        try (var enclave = RunningEnclave.start(office, root)) {
            Path file = content("half.txt", "hello");
            shell(
                            "mkfifo stopped; { cat \"$F\"; sleep 8; } >stopped & "
                                    + "\"$CHANCERY\" relay \"$DOOR\" <stopped",
                            enclave.socket("relay"),
                            file)
                    .assertStatus(5)
                    .assertSays("the enclave gave no answer");
        }
    }

    /// "10 GiB streams … bounded memory": a quarter of that proves the same, for nothing is kept.
    @Test
    void aLongStreamTakesNoMemory() throws Exception {
        try (var enclave = RunningEnclave.start(office, root)) {
            Path file = office.work().resolve("long.bin");
            try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(1L << 29);
            }
            shell("\"$CHANCERY\" relay \"$DOOR\" <\"$F\" >\"$F.sig\"", enclave.socket("relay"), file)
                    .assertStatus(0);
            assertGood(file);
            Files.delete(file);
            long most = enclave.kibibytes("VmHWM");
            assertTrue(most < 200 * 1024, most + " KiB");
        }
    }

    @Test
    void theCommandLineSignsThroughTheRequestDoor() throws Exception {
        try (var enclave = RunningEnclave.start(office, root)) {
            String door = enclave.socket("requests").toString();
            Path one = content("one.txt", "hello\n");
            Path two = content("two.txt", "hello, too\n");
            String keyring = office.keyring().toString();
            office.run("sign", "one.txt", "two.txt", "--as=release", "--encoding=binary", "--enclave", door)
                    .assertStatus(0)
                    .assertSays("two.txt  signed as release (openpgp)");
            assertGood(one);
            assertGood(two);
            assertTrue(Files.readAllLines(enclave.auditFile()).getLast().contains("unix:" + RunningEnclave.ME));
            office.run("sign", "one.txt", "--as=release", "--enclave", door, "--keyring", keyring)
                    .assertStatus(0);
            office.run("sign", "one.txt", "--as=qa", "--enclave", door)
                    .assertStatus(4)
                    .assertSays("the enclave has no key of qa for this user");
            String empty = Files.createDirectory(root.resolve("empty")).toString();
            office.run("sign", "two.txt", "--as=release", "--enclave", door, "--keyring", empty)
                    .assertStatus(5)
                    .assertSays("is not in the keyring " + empty);
            assertFalse(Files.exists(office.work().resolve("two.txt.asc")));
        }
    }

    private static SigningRequest request(String text) {
        var target = new SigningRequest.Target(new Authority("release"), new FormatName("openpgp"), Optional.empty());
        var state = Set.of(Measure.state(DigestAlgorithm.SHA512, ContentForm.BYTES));
        var content = new ContentPass(Wiring.ofLibraries().hashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))), state);
        return new SigningRequest(target, Encoding.BINARY, new ArtifactName("load.txt"), content);
    }

    /// "kill -9 at random moments under load for a bounded campaign: no answered signature is missing in the
    /// chain."
    @Test
    void noAnsweredSignatureIsMissingInTheChainWhateverWasKilled() throws Exception {
        var answered = ConcurrentHashMap.<Bytes>newKeySet();
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < KILLS; i++) {
            try (var enclave = RunningEnclave.start(office, root)) {
                int before = answered.size();
                var clients = new ArrayList<Thread>();
                for (int c = 0; c < CLIENTS; c++) {
                    clients.add(Thread.ofPlatform().start(() -> signUntilItBreaks(enclave, answered)));
                }
                while (answered.size() < before + 50) {
                    Thread.sleep(5);
                }
                Thread.sleep(random.nextInt(200));
                enclave.kill();
                for (var client : clients) {
                    client.join();
                }
            }
        }
        var recorded = new HashSet<Bytes>();
        var chain = new AuditChain();
        try (var file = Files.newInputStream(root.resolve("audit.jsonl"))) {
            chain.readAll(file, line -> signature(line).ifPresent(recorded::add));
        }
        var missing = new HashSet<>(answered);
        missing.removeAll(recorded);
        assertEquals(Set.of(), missing, "of %d answered, seed %d".formatted(answered.size(), seed));
        office.run("audit", "verify", root.resolve("audit.jsonl").toString()).assertStatus(0);
        assertDamageIsFound(Files.readAllLines(root.resolve("audit.jsonl")));
    }

    private static void signUntilItBreaks(RunningEnclave enclave, Set<Bytes> answered) {
        try (var client = EnclaveClient.connect(enclave.socket("requests"))) {
            for (int i = 0; ; i++) {
                var signature = client.sign(request("content " + i));
                answered.add(Bytes.of(AuditLine.hash(signature.bytes()).bytes()));
            }
        } catch (UnavailableException killed) {
            // As it must end.
        }
    }

    private static Optional<Bytes> signature(AuditLine line) {
        return line.event() instanceof Decision decision && decision.answer() instanceof Decision.Answer.Granted granted
                ? Optional.of(Bytes.of(granted.signature().bytes()))
                : Optional.empty();
    }

    /// "a flipped byte, a dropped line, two swapped lines are found."
    private static void assertDamageIsFound(List<String> lines) throws IOException {
        var flipped = new ArrayList<>(lines);
        flipped.set(2, lines.get(2).replaceFirst("\"size\":", "\"size\":1"));
        var dropped = new ArrayList<>(lines);
        dropped.remove(3);
        var swapped = new ArrayList<>(lines);
        swapped.set(4, lines.get(5));
        swapped.set(5, lines.get(4));
        assertBreaks("line 4 ", flipped);
        assertBreaks("line 4 ", dropped);
        assertBreaks("line 5 ", swapped);
    }

    private static void assertBreaks(String where, List<String> lines) throws IOException {
        Path file = Files.write(root.resolve("damaged.jsonl"), lines);
        office.run("audit", "verify", file.toString()).assertStatus(1).assertSays(where);
    }
}
