// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {
    private static final ServerAddress SERVER = ServerAddress.parse("https://a.example");

    private static ProblemDocument read(int status, String type, String body) {
        var bytes = Bytes.of(body.getBytes(StandardCharsets.UTF_8));
        return ProblemDocument.of(new HttpReply(status, type, Optional.empty(), bytes), SERVER);
    }

    private static ProblemDocument problem(int status) {
        return read(status, ProblemDocument.TYPE, """
                {"type":"https://chancery.dev/problems/refused","title":"T","status":%d,
                 "detail":"the server's sentence",
                 "instance":"urn:chancery:request:abc","rule":"signing-rule:ci","retry_after":7,"tomorrow":[1.5]}
                """.formatted(status));
    }

    @Test
    void aStatusIsOneOfTheThreeErrors() {
        for (int status : List.of(400, 404, 405, 413, 415, 422, 431)) {
            assertInstanceOf(MalformedException.class, problem(status).error());
        }
        var refused = assertInstanceOf(RefusedException.class, problem(403).error());
        assertEquals("signing-rule:ci", refused.rule());
        assertEquals("the server's sentence", refused.sentence());
        assertEquals(
                "unauthorized",
                assertInstanceOf(RefusedException.class, problem(401).error()).rule());
        for (int status : List.of(302, 429, 500, 502, 503)) {
            var error =
                    assertInstanceOf(UnavailableException.class, problem(status).error());
            assertEquals(Optional.of(Duration.ofSeconds(7)), error.retryAfter());
        }
        assertEquals(Optional.of("abc"), problem(403).requestId());
        assertTrue(problem(403).hint().orElseThrow().contains("request abc"));
    }

    @Test
    void whatIsNoProblemDocumentHasAnErrorToo() {
        for (var document : List.of(
                read(502, "text/html", "<html>"),
                read(502, ProblemDocument.TYPE, "<html>"),
                read(502, ProblemDocument.TYPE, "[]"),
                read(502, ProblemDocument.TYPE, "{\"detail\":5,\"retry_after\":-1}"),
                read(502, ProblemDocument.TYPE, " ".repeat(1 << 17)))) {
            var sentence = document.error().sentence();
            assertTrue(sentence.contains("\"https://a.example\" answers with HTTP status 502"), sentence);
        }
    }
}
