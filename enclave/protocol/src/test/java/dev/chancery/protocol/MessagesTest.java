// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final String STATE = "{\"algorithm\":\"sha512\",\"form\":\"bytes\",\"chaining_value\":\""
            + "01".repeat(64) + "\",\"blocks\":0,\"tail\":\"68656c6c6f\"}";
    private static final String REQUEST =
            "{\"authority\":\"qa\",\"format\":\"openpgp\",\"encoding\":\"armor\",\"artifact\":\"a.txt\",\"size\":5,"
                    + "\"digests\":{\"sha256\":\"" + DIGEST + "\"},\"states\":[" + STATE
                    + "],\"content\":\"aGVsbG8=\"}";

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sign(String request) {
        return "{\"id\":1,\"ask\":\"sign\",\"requests\":[" + request + "]}";
    }

    private static void assertKept(String question) {
        assertEquals(bytes(question), Question.read(bytes(question)).write());
    }

    @Test
    void questionsAreWrittenAsTheyAreRead() {
        assertKept("{\"id\":9007199254740992,\"ask\":\"keys\"}");
        assertKept("{\"id\":2,\"ask\":\"health\"}");
        assertKept(sign(REQUEST));
        assertKept(sign(REQUEST + "," + REQUEST));
        assertKept(sign(REQUEST.replace("\"encoding\"", "\"key\":\"" + DIGEST + "\",\"encoding\"")));
        assertKept("{\"id\":3,\"ask\":\"sign\",\"requester\":\"ci:job\",\"requests\":[" + REQUEST + "]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"size\":5 > \"size\":6", // the state covers five bytes
                "\"size\":5 > \"size\":-1",
                "\"size\":5, > ",
                "\"blocks\":0 > \"blocks\":1",
                "\"blocks\":0 > \"blocks\":9007199254740993",
                "68656c6c6f > 68656C6C6F",
                "68656c6c6f > 68656c6c6",
                "\"form\":\"bytes\" > \"form\":\"pages\"",
                "\"algorithm\":\"sha512\" > \"algorithm\":\"sha1\"",
                "\"algorithm\":\"sha512\" > \"algorithm\":\"blake2b512\"",
                "sha256 > sha1",
                "abab > ab",
                "aGVsbG8= > aGVsbG8",
                "aGVsbG8= > aGVsbG9=",
                "a.txt > ../a.txt",
                "a.txt > a\\u000atxt",
                "\"qa\" > \"QA\"",
                "\"armor\" > \"base64\"",
                "\"content\" > \"contents\"",
            })
    void aRequestThatIsWrongIsMalformed(String change) {
        String[] parts = change.split(" > ", -1);
        assertTrue(REQUEST.contains(parts[0]), change);
        String wrong = sign(REQUEST.replace(parts[0], parts[1]));
        assertThrows(MalformedException.class, () -> Question.read(bytes(wrong)));
    }

    /// The size may be absent where nothing but digests is there.
    @Test
    void aDigestAloneNeedsNoSize() {
        String alone = REQUEST.replace("\"size\":5,", "").replaceAll("\"states\".*", "\"states\":[]}");
        assertKept(sign(alone));
        var sign = assertInstanceOf(
                Question.Sign.class, Question.read(bytes(sign(alone))).ask());
        assertFalse(sign.requests().getFirst().content().hasSize());
        String nothing = alone.replaceAll("\"digests\":\\{[^}]*}", "\"digests\":{}");
        assertThrows(MalformedException.class, () -> Question.read(bytes(sign(nothing))));
    }

    private static final String SALT = "cd".repeat(32);
    private static final String SALTED = REQUEST.replace(
                    "\"form\":\"bytes\",", "\"form\":\"bytes\",\"salt\":\"" + SALT + "\",")
            .replace("68656c6c6f", SALT + "68656c6c6f");

    @Test
    void aStateThatBeganWithASaltNamesIt() {
        assertKept(sign(SALTED));
        var sign = assertInstanceOf(
                Question.Sign.class, Question.read(bytes(sign(SALTED))).ask());
        assertEquals(SALT, sign.requests().getFirst().content().salt().hex());
        assertKept(sign(SALTED.replace("\"states\":[", "\"states\":[" + STATE + ",")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cd", "CD", "ef", "not hex"})
    void aSaltThatIsNotTheStatesIsMalformed(String other) {
        String salt = other.length() == 2 && !other.equals("cd") ? other.repeat(32) : other;
        String wrong = sign(SALTED.replace("\"salt\":\"" + SALT, "\"salt\":\"" + salt));
        assertThrows(MalformedException.class, () -> Question.read(bytes(wrong)));
    }

    @Test
    void statesOfTwoSaltsAreNoRequest() {
        String state = SALTED.substring(SALTED.indexOf("[{") + 1, SALTED.indexOf("}]") + 1);
        String two = sign(SALTED.replace(state, state + "," + state.replace("cd".repeat(32), "ef".repeat(32))));
        var sign =
                assertInstanceOf(Question.Sign.class, Question.read(bytes(two)).ask());
        assertThrows(
                MalformedException.class,
                () -> sign.requests().getFirst().content().salt());
    }

    @Test
    void saltsAreAskedForByTheThousand() {
        String ask = "{\"id\":4,\"ask\":\"salt\",\"requester\":\"ci:job\",\"authority\":\"qa\",\"format\":\"openpgp6\","
                + "\"count\":1000}";
        assertKept(ask);
        assertKept(ask.replace("1000", "1").replace("\"requester\":\"ci:job\",", ""));
        for (String wrong : List.of("0", "1001", "-1", "\"1\"")) {
            assertThrows(MalformedException.class, () -> Question.read(bytes(ask.replace("1000", wrong))));
        }
        var salts = new Reply.Salts(List.of(Salt.parse(SALT), Salt.parse("ef".repeat(32))));
        assertEquals(new Reply(4, salts), Reply.read(new Reply(4, salts).write()));
    }

    @Test
    void oneStateIsNotThereTwice() {
        String twice = sign(REQUEST.replace(STATE, STATE + "," + STATE));
        assertThrows(MalformedException.class, () -> Question.read(bytes(twice)));
    }

    private static ChanceryException error(ChanceryException error) {
        var reply = Reply.read(new Reply(5, new Reply.Fault(error)).write());
        assertEquals(5, reply.id());
        return assertInstanceOf(Reply.Fault.class, reply.answer()).error();
    }

    @Test
    void theThreeErrorsArriveAsTheyWereThrown() {
        assertEquals(
                "no",
                assertInstanceOf(MalformedException.class, error(new MalformedException("no")))
                        .sentence());
        var refused = assertInstanceOf(RefusedException.class, error(new RefusedException("rule", "no \"x\"")));
        assertEquals("rule", refused.rule());
        assertEquals("no \"x\"", refused.sentence());
        var later = error(new UnavailableException("later", Duration.ofSeconds(7)));
        assertEquals(
                Optional.of(Duration.ofSeconds(7)),
                assertInstanceOf(UnavailableException.class, later).retryAfter());
        assertFalse(((UnavailableException) later).isTooMany());
        var limited = error(UnavailableException.tooMany("enough", Duration.ofSeconds(7)));
        assertTrue(assertInstanceOf(UnavailableException.class, limited).isTooMany());
        assertEquals(Optional.of(Duration.ofSeconds(7)), ((UnavailableException) limited).retryAfter());
        var never = error(new UnavailableException("later"));
        assertEquals(
                Optional.empty(),
                assertInstanceOf(UnavailableException.class, never).retryAfter());
    }

    @Test
    void resultsKeepTheirOrder() {
        var results = List.<Reply.Result>of(
                new Reply.Result.Done(bytes("one"), new KeyId("0".repeat(64))),
                new Reply.Result.Failed(new MalformedException("two")),
                new Reply.Result.Done(bytes("three"), new KeyId("1".repeat(64))));
        var reply = Reply.read(new Reply(1, new Reply.Signed(results)).write());
        var read = assertInstanceOf(Reply.Signed.class, reply.answer()).results();
        assertEquals(results.getFirst(), read.getFirst());
        assertInstanceOf(Reply.Result.Failed.class, read.get(1));
        assertEquals(results.getLast(), read.getLast());
    }

    @Test
    void theIdOfAWrongQuestionIsKnownIfItHasOne() {
        assertEquals(7, Question.idOf(bytes("{\"id\":7,\"more\":1}")));
        for (String none : List.of("", "[]", "{\"id\":\"7\"}", "{\"id\":0}", "{\"id\":-1}", "{\"id\":7", "{}")) {
            assertEquals(0, Question.idOf(bytes(none)), none);
        }
    }

    @Test
    void aFrameIsItsLengthAndItsOctets() throws IOException {
        var out = new ByteArrayOutputStream();
        Frames.write(Channels.newChannel(out), bytes("{}"));
        assertEquals("00000002" + "7b7d", Bytes.of(out.toByteArray()).toString());
        var in = Channels.newChannel(new ByteArrayInputStream(out.toByteArray()));
        assertEquals(Optional.of(2), Frames.readLength(in, 2));
        assertEquals(bytes("{}"), Frames.readBody(in, 2));
        assertEquals(Optional.empty(), Frames.readLength(in, 2));
    }

    @Test
    void framesThatBreakOffOrAreTooLongAreFaults() {
        for (int length = 1; length < 6; length++) {
            byte[] cut = java.util.Arrays.copyOf(new byte[] {0, 0, 0, 2, '{'}, Math.min(length, 5));
            assertThrows(EOFException.class, () -> {
                var in = Channels.newChannel(new ByteArrayInputStream(cut));
                Frames.readBody(in, Frames.readLength(in, 10).orElseThrow());
            });
        }
        for (int length : List.of(-1, 0, 1, 11, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
            byte[] head = ByteBuffer.allocate(4).putInt(length).array();
            var in = Channels.newChannel(new ByteArrayInputStream(head));
            assertThrows(MalformedException.class, () -> Frames.readLength(in, 10));
        }
        var nothing = Channels.newChannel(new ByteArrayOutputStream());
        assertThrows(MalformedException.class, () -> Frames.write(nothing, bytes("x")));
        assertThrows(
                MalformedException.class, () -> Frames.write(nothing, Bytes.of(new byte[Frames.ANSWER_BYTES_MAX + 1])));
    }
}
