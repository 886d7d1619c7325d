// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.audit.Decision;
import dev.chancery.protocol.EnclaveClient;
import dev.chancery.protocol.Frames;
import dev.chancery.protocol.Question;
import dev.chancery.protocol.Reply;
import dev.chancery.protocol.SigningRequest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real enclave behind real sockets, asked by this process.
class RequestDoorTest {
    @TempDir
    private Path directory;

    private Premises premises;

    @BeforeEach
    void open() throws IOException {
        premises = Premises.in(directory);
    }

    @AfterEach
    void close() throws IOException {
        premises.close();
    }

    private static Reply.Result.Done done(Reply.Result result) {
        return assertInstanceOf(Reply.Result.Done.class, result, result.toString());
    }

    private static ChanceryException failed(Reply.Result result) {
        return assertInstanceOf(Reply.Result.Failed.class, result, result.toString())
                .error();
    }

    @Test
    void signsInEachFormatAndRecordsWhoAsked() throws IOException {
        try (var client = premises.client()) {
            for (var format : List.of(Premises.RAW, Premises.OPENPGP, Premises.MINISIGN)) {
                var request = premises.request(format, "a.txt", "hello");
                var signature = client.sign(request);
                var verifying = Premises.format(format).verifying();
                assertTrue(verifying.isBy(premises.key(format), signature, request.content()));
                var tampered = premises.measured(format, "hallo");
                assertTrue(!verifying.isBy(premises.key(format), signature, tampered));
            }
        }
        var records = premises.records();
        assertEquals(3, records.size());
        var decision = assertInstanceOf(Decision.class, records.getLast().event());
        assertEquals(new Requester(Premises.ME), decision.requester());
        assertEquals(Optional.empty(), decision.voucher());
    }

    /// Two rounds: the salt, and then the state that was begun with it. It is the asker's, and not that of a
    /// requester for whom he asks.
    @Test
    void issuesASaltThatSignsOnce() {
        var target = new SigningRequest.Target(Premises.QA, Premises.OPENPGP6, Optional.empty());
        try (var client = premises.client()) {
            var content = premises.measured(Premises.OPENPGP6, client.salt(target), "hello");
            var request = Premises.request(target, "a.txt", content);
            var signature = client.sign(request);
            assertTrue(Premises.format(Premises.OPENPGP6)
                    .verifying()
                    .isBy(premises.key(Premises.OPENPGP6), signature, content));
            var again = assertThrows(RefusedException.class, () -> client.sign(request));
            assertEquals("salt", again.rule());
            var job = Optional.of(new Requester("ci:job"));
            var salts = client.salts(new Question.Salts(job, Premises.QA, Premises.OPENPGP6, 2));
            var vouched =
                    Premises.request(target, "a.txt", premises.measured(Premises.OPENPGP6, salts.getFirst(), "hello"));
            assertThrows(RefusedException.class, () -> client.sign(vouched));
            done(client.sign(job, List.of(vouched)).getFirst());
        }
    }

    @Test
    void issuesNoSaltWhereThereIsNoneOrNobodyMayAsk() {
        try (var client = premises.client()) {
            var plain = new Question.Salts(Optional.empty(), Premises.QA, Premises.OPENPGP, 1);
            assertThrows(MalformedException.class, () -> client.salts(plain));
            var other = new Question.Salts(
                    Optional.empty(), new dev.chancery.core.Authority("release"), Premises.OPENPGP6, 1);
            assertThrows(RefusedException.class, () -> client.salts(other));
        }
    }

    @Test
    void listsKeysAndTellsItsHealth() {
        try (var client = premises.client()) {
            assertEquals(4, client.keys().size());
            assertTrue(client.keys().contains(premises.key(Premises.OPENPGP)));
            var before = client.health();
            assertEquals(4, before.keys().size());
            assertTrue(before.keys().stream().allMatch(key -> key.fault().isEmpty()));
            client.sign(premises.request(Premises.RAW, "a.txt", "hello"));
            assertTrue(client.health().audit().startsWith("1:"), client.health().audit());
        }
    }

    @Test
    void rulesAndConfigurationThatOthersCanWriteAreRefused() throws IOException {
        premises.close();
        for (String name : List.of("rules.json", "enclave.json")) {
            Path file = directory.resolve(name);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
            var refused = assertThrows(RefusedException.class, () -> premises.restart());
            assertEquals("key-permissions", refused.rule());
            assertTrue(refused.sentence().contains("can be written by others; chmod go-w"), refused.sentence());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        premises = premises.restart();
    }

    @Test
    void oneFailureInABatchDoesNotFailTheRest() throws IOException {
        try (var client = premises.client()) {
            var results = client.sign(
                    Optional.empty(),
                    List.of(
                            premises.request(Premises.RAW, "a.txt", "a"),
                            premises.request(Premises.RAW, "a.exe", "b"),
                            premises.request(Premises.RAW, "c.txt", "c"),
                            premises.request(Premises.RAW, "long.txt", "x".repeat(1001))));
            done(results.get(0));
            var refusal = assertInstanceOf(RefusedException.class, failed(results.get(1)));
            assertEquals("signing-rule:me", refusal.rule());
            done(results.get(2));
            assertInstanceOf(RefusedException.class, failed(results.get(3)));
        }
        assertEquals(4, premises.records().size());
    }

    @Test
    void aThousandRequestsAreABatchAndOneMoreIsNone() throws IOException {
        var request = premises.request(Premises.MINISIGN, "a.txt", "a");
        try (var client = premises.client()) {
            var results = client.sign(Optional.empty(), Collections.nCopies(Question.REQUESTS_MAX, request));
            results.forEach(RequestDoorTest::done);
        }
        assertEquals(Question.REQUESTS_MAX, premises.records().size());
        var tooMany = Collections.nCopies(Question.REQUESTS_MAX + 1, request);
        assertThrows(MalformedException.class, () -> new Question.Sign(Optional.empty(), tooMany));
    }

    @Test
    void manyQuestionsAreOnTheWayAtOnce() throws IOException {
        int questions = 3_000;
        var request = premises.request(Premises.MINISIGN, "a.txt", "a");
        try (var client = premises.client()) {
            var answers = new ArrayList<CompletableFuture<Reply.Answer>>();
            for (int i = 0; i < questions; i++) {
                answers.add(client.ask(new Question.Sign(Optional.empty(), List.of(request))));
            }
            for (var answer : answers) {
                done(assertInstanceOf(Reply.Signed.class, answer.join())
                        .results()
                        .getFirst());
            }
        }
        assertEquals(questions, premises.records().size());
    }

    /// "a server may vouch for further requesters, which is recorded as such".
    @Test
    void whoMayVouchAsksForOthersAndIsRecorded() throws IOException {
        var request = List.of(premises.request(Premises.RAW, "a.txt", "a"));
        var job = Optional.of(new Requester("ci:job"));
        try (var client = premises.client()) {
            done(client.sign(job, request).getFirst());
            var stranger = Optional.of(new Requester("ci:stranger"));
            assertEquals(
                    "no-signing-rule",
                    assertInstanceOf(
                                    RefusedException.class,
                                    failed(client.sign(stranger, request).getFirst()))
                            .rule());
            // Nobody becomes a user of this machine, or a local office's owner, by somebody else's word.
            for (String name : List.of(Premises.ME, "local:alice")) {
                var user = Optional.of(new Requester(name));
                assertEquals(
                        "voucher",
                        assertThrows(RefusedException.class, () -> client.sign(user, request))
                                .rule());
            }
        }
        try (var client = EnclaveClient.connect(premises.socket("own"))) {
            assertEquals(
                    "voucher",
                    assertThrows(RefusedException.class, () -> client.sign(job, request))
                            .rule());
        }
        var decision =
                assertInstanceOf(Decision.class, premises.records().getFirst().event());
        assertEquals(new Requester("ci:job"), decision.requester());
        assertEquals(Optional.of(new Requester(Premises.ME)), decision.voucher());
    }

    @Test
    void aKeyThatIsNotThereIsRefusedAndRecorded() throws IOException {
        var target = new SigningRequest.Target(
                Premises.QA,
                Premises.RAW,
                Optional.of(premises.key(Premises.OPENPGP).id()));
        var other = Premises.request(target, "a.txt", premises.measured(Premises.RAW, "a"));
        try (var client = premises.client()) {
            assertEquals(
                    "no-key",
                    assertThrows(RefusedException.class, () -> client.sign(other))
                            .rule());
        }
        assertEquals(1, premises.records().size());
    }

    private SocketChannel connect() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(premises.socket("requests")));
        return channel;
    }

    private static Reply answer(SocketChannel channel) throws IOException {
        int length = Frames.readLength(channel, Frames.ANSWER_BYTES_MAX).orElseThrow();
        return Reply.read(Frames.readBody(channel, length));
    }

    private static void assertMalformed(long id, Reply reply) {
        assertEquals(id, reply.id());
        assertInstanceOf(
                MalformedException.class,
                assertInstanceOf(Reply.Fault.class, reply.answer()).error());
    }

    @Test
    void aQuestionThatIsWrongIsAnsweredAndTheNextOneToo() throws IOException {
        try (var channel = connect()) {
            for (String wrong : List.of(
                    "{\"id\":7,\"ask\":\"purge\"}",
                    "{\"id\":7,\"ask\":\"keys\",\"more\":1}",
                    "{\"id\":7,\"ask\":\"sign\",\"requests\":[]}",
                    "{\"id\":7,\"ask\":\"sign\",\"requests\":[{}]}")) {
                Frames.write(channel, Premises.bytes(wrong));
                assertMalformed(7, answer(channel));
            }
            Frames.write(channel, new Question(8, new Question.Keys()).write());
            assertEquals(8, answer(channel).id());
        }
    }

    @Test
    void whatCannotBeToldApartEndsTheConnection() throws IOException {
        for (String noise : List.of("[]", "{\"ask\":\"keys\"}", "{\"id\":0}", "SSH-2.0-x", "{}{}")) {
            try (var channel = connect()) {
                Frames.write(channel, Premises.bytes(noise));
                assertMalformed(0, answer(channel));
                assertEquals(Optional.empty(), Frames.readLength(channel, Frames.ANSWER_BYTES_MAX));
            }
        }
        for (int length : List.of(0, 1, Frames.QUESTION_BYTES_MAX + 1, -1, Integer.MAX_VALUE)) {
            try (var channel = connect()) {
                channel.write(ByteBuffer.allocate(4).putInt(length).flip());
                assertMalformed(0, answer(channel));
            }
        }
    }

    /// A question of the greatest length is read and answered.
    @Test
    void theLongestQuestionIsRead() throws IOException {
        try (var channel = connect()) {
            String question = "{\"id\":1,\"ask\":\"keys\"}";
            Frames.write(channel, Premises.bytes(question + " ".repeat(Frames.QUESTION_BYTES_MAX - question.length())));
            assertInstanceOf(Reply.Keys.class, answer(channel).answer());
        }
    }

    /// Half-open connections, and those that say nothing, are nobody else's trouble.
    @Test
    void hundredsOfSilentConnectionsDoNotKeepOthersFromAnAnswer() throws IOException {
        var silent = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < 700; i++) {
                silent.add(connect());
                silent.getLast().write(ByteBuffer.wrap(new byte[] {0, 0}));
            }
            try (var client = premises.client()) {
                client.sign(premises.request(Premises.RAW, "a.txt", "hello"));
            }
            // The peer's share of connections has an end, and he is told.
            for (int i = 0; i < 100; i++) {
                silent.add(connect());
            }
            var reply = answer(silent.getLast());
            assertInstanceOf(
                    UnavailableException.class,
                    assertInstanceOf(Reply.Fault.class, reply.answer()).error());
        } finally {
            for (var channel : silent) {
                channel.close();
            }
        }
    }

    /// A path that is no socket is an error of whoever wrote it, and stays what it is.
    @Test
    void onlyASocketIsReplaced() throws Exception {
        var socket = premises.socket("own");
        premises.close();
        Files.delete(socket);
        assertEquals(0, new ProcessBuilder("mkfifo", socket.toString()).start().waitFor());
        assertThrows(UnavailableException.class, () -> premises.restart());
        assertTrue(Files.exists(socket));
        Files.delete(socket);
        premises = premises.restart();
    }

    @Test
    void aRestartGoesOnWithTheChain() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (var client = premises.client()) {
                client.sign(premises.request(Premises.RAW, "a.txt", "hello"));
            }
            premises = premises.restart();
        }
        assertEquals(3, premises.records().size());
    }
}
