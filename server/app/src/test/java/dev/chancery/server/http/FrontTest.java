// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.Requester;
import dev.chancery.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontTest {
    private static final Route HELLO =
            Route.of(Method.GET, "/hello/{name}", "hello", request -> Answer.text(200, request.path("name")));

    private static Map<String, Json> problem(TestExchange.Sent sent) {
        assertEquals("application/problem+json", sent.header("Content-Type"));
        var bytes = Bytes.of(sent.body().getBytes(StandardCharsets.UTF_8));
        return ((Json.Members) Json.parse(bytes, "problem").json()).fields();
    }

    @Test
    void whatIsNotThereIs404() throws Exception {
        var exchange = new TestExchange(HELLO);
        var sent = exchange.ask("GET /nothing");
        assertEquals(404, sent.status());
        assertEquals(
                new Json.Text("https://chancery.dev/problems/not-found"),
                problem(sent).get("type"));
        assertEquals(
                new Json.Text("urn:chancery:request:" + sent.header("X-Request-Id")),
                problem(sent).get("instance"));
        assertEquals(404, exchange.ask("GET /hello").status());
        assertEquals(404, exchange.ask("GET /hello/").status());
        assertEquals(404, exchange.ask("GET /hello/x/").status());
        assertEquals(404, exchange.ask("GET //hello/x").status());
        assertEquals(404, exchange.ask("GET /HELLO/x").status());
    }

    @Test
    void anotherMethodIs405WithWhatIsAllowed() throws Exception {
        var exchange = new TestExchange(HELLO);
        for (String method : new String[] {"POST", "TRACE", "CONNECT", "get", "PROPFIND"}) {
            var sent = exchange.ask(method + " /hello/x");
            assertEquals(405, sent.status(), method);
            assertEquals("GET, HEAD, OPTIONS", sent.header("Allow"));
        }
        var options = exchange.ask("OPTIONS /hello/x");
        assertEquals(204, options.status());
        assertEquals("GET, HEAD, OPTIONS", options.header("Allow"));
    }

    @Test
    void theOfficesErrorsAndOthersAreProblems() throws Exception {
        var exchange = new TestExchange(
                Route.of(Method.GET, "/{kind}", "kind", request -> TestFaults.of(request.path("kind"))));
        var refused = exchange.ask("GET /refused");
        assertEquals(403, refused.status());
        assertEquals(new Json.Text("some-rule"), problem(refused).get("rule"));
        assertEquals(new Json.Text("the answer is no"), problem(refused).get("detail"));
        var limited = exchange.ask("GET /too-much");
        assertEquals(429, limited.status());
        assertEquals("3", limited.header("Retry-After"));
        var later = exchange.ask("GET /later");
        assertEquals(503, later.status());
        assertEquals("2", later.header("Retry-After"));
        assertEquals(new Json.Whole(2), problem(later).get("retry_after"));
        assertEquals("5", exchange.ask("GET /unavailable").header("Retry-After"));
        assertEquals(400, exchange.ask("GET /malformed").status());
        assertEquals(409, exchange.ask("GET /conflict").status());
        assertEquals("9", exchange.ask("GET /too-many").header("Retry-After"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault", "stack", "io", "assertion"})
    void whatIsUnexpectedIs500AndSaysNothing(String kind) throws Exception {
        var exchange = new TestExchange(
                Route.of(Method.GET, "/{kind}", "kind", request -> TestFaults.of(request.path("kind"))));
        var sent = exchange.ask("GET /" + kind);
        assertEquals(500, sent.status());
        assertFalse(sent.body().contains("geheim"));
        assertFalse(sent.body().contains("Exception"));
        assertEquals(1, exchange.faults.size());
    }

    @Test
    void onceTheJsonIsReadWhatIsMalformedIsTheContent() throws Exception {
        var exchange = new TestExchange(Route.of(Method.POST, "/x", "x", request -> {
            long x = request.json(20, o -> o.integer("x", 0, 9));
            return Answer.text(200, "" + x);
        }));
        String json = "Content-Type: application/json";
        assertEquals(200, exchange.post("/x", "{\"x\":9}", json).status());
        assertEquals(
                200,
                exchange.post("/x", "{\"x\":9}", "content-type: Application/JSON ; charset=utf-8")
                        .status());
        assertEquals(400, exchange.post("/x", "{\"x\":9", json).status());
        assertEquals(422, exchange.post("/x", "{\"x\":10}", json).status());
        assertEquals(422, exchange.post("/x", "{\"y\":1}", json).status());
        assertEquals(422, exchange.post("/x", "[]", json).status());
        assertEquals(415, exchange.post("/x", "{}").status());
        assertEquals(415, exchange.post("/x", "{}", "Content-Type: text/json").status());
        assertEquals(
                400, exchange.post("/x", "{}", json, "Content-Type: text/plain").status());
    }

    @Test
    void aBodyAboveTheLimitIs413AndNamesIt() throws Exception {
        var exchange = new TestExchange(Route.of(
                Method.POST,
                "/x",
                "x",
                request -> Answer.text(200, "" + request.bytes(4).length())));
        assertEquals("4", exchange.post("/x", "1234").body());
        var announced = exchange.post("/x", "12345");
        assertEquals(413, announced.status());
        assertEquals(new Json.Whole(4), problem(announced).get("limit_bytes"));
        assertEquals(200, exchange.ask("POST /x").status());
    }

    @Test
    void queriesAreStrict() throws Exception {
        var exchange = new TestExchange(Route.of(
                        Method.GET,
                        "/x",
                        "x",
                        request -> Answer.text(200, request.query("a").orElse("-") + request.queries("b")))
                .query("a")
                .repeatable("b"));
        assertEquals("1[2, 3]", exchange.ask("GET /x?b=2&a=1&b=3").body());
        assertEquals("-[]", exchange.ask("GET /x").body());
        assertEquals("-[]", exchange.ask("GET /x?").body());
        assertEquals(400, exchange.ask("GET /x?a=1&a=1").status());
        var unknown = exchange.ask("GET /x?c=1");
        assertEquals(400, unknown.status());
        assertTrue(unknown.body().contains("known are a, b"), unknown.body());
        assertEquals(400, new TestExchange(HELLO).ask("GET /hello/x?a=1").status());
    }

    @Test
    void everyAnswerHasItsHeaders() throws Exception {
        var exchange = new TestExchange(HELLO);
        for (String line : new String[] {"GET /hello/x", "GET /nothing", "POST /hello/x", "GET /%00"}) {
            var sent = exchange.ask(line);
            assertEquals("nosniff", sent.header("X-Content-Type-Options"), line);
            assertEquals("default-src 'none'; frame-ancestors 'none'", sent.header("Content-Security-Policy"));
            assertEquals("no-store", sent.header("Cache-Control"));
            assertEquals("none", sent.header("Server"));
            assertEquals(32, sent.header("X-Request-Id").length());
        }
    }

    @Test
    void aSendersOwnIdIsTakenIfItIsHarmless() throws Exception {
        var exchange = new TestExchange(HELLO);
        for (String good : new String[] {"12345678", "build-42_a.b", "a".repeat(64)}) {
            assertEquals(
                    good, exchange.ask("GET /hello/x", "X-Request-Id: " + good).header("X-Request-Id"));
        }
        for (String bad : new String[] {"1234567", "a".repeat(65), "-2345678", "a b c d e", "<script>", "ääääääää"}) {
            assertEquals(
                    32,
                    exchange.ask("GET /hello/x", "X-Request-Id: " + bad)
                            .header("X-Request-Id")
                            .length());
        }
        var twice = exchange.ask("GET /hello/x", "X-Request-Id: 12345678", "X-Request-Id: 12345678");
        assertEquals(32, twice.header("X-Request-Id").length());
    }

    @Test
    void whoHasItAlreadyGets304() throws Exception {
        var exchange = new TestExchange(Route.of(
                Method.GET,
                "/x",
                "x",
                request -> Answer.text(200, "content").etag("abc").cached(Duration.ofMinutes(5))));
        assertEquals("\"abc\"", exchange.ask("GET /x").header("ETag"));
        assertEquals("public, max-age=300", exchange.ask("GET /x").header("Cache-Control"));
        for (String known : new String[] {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"}) {
            var sent = exchange.ask("GET /x", "If-None-Match: " + known);
            assertEquals(304, sent.status(), known);
            assertEquals("", sent.body());
            assertEquals("\"abc\"", sent.header("ETag"));
        }
        assertEquals(200, exchange.ask("GET /x", "If-None-Match: abc").status());
        assertEquals(200, exchange.ask("GET /x", "If-None-Match: \"x\"").status());
        assertEquals(304, exchange.ask("HEAD /x", "If-None-Match: \"abc\"").status());
    }

    @Test
    void aboveTheLimitOfRequestsAtOnceOnlyVitalOnesAreAnswered() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var slow = Route.of(Method.GET, "/slow", "slow", request -> {
            entered.countDown();
            TestFaults.await(leave);
            return Answer.empty(204);
        });
        var health = Route.of(Method.GET, "/healthz", "health", request -> Answer.empty(204))
                .vital();
        var exchange = new TestExchange(1, slow, HELLO, health);
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = other.submit(() -> exchange.ask("GET /slow"));
            entered.await();
            var second = exchange.ask("GET /hello/x");
            assertEquals(503, second.status());
            assertEquals("1", second.header("Retry-After"));
            assertEquals(204, exchange.ask("GET /healthz").status());
            leave.countDown();
            assertEquals(204, first.get().status());
        }
        assertEquals(200, exchange.ask("GET /hello/x").status());
    }

    @Test
    void theAccessLogHasNoPathAndNoQuery() throws Exception {
        var exchange = new TestExchange(Route.of(Method.GET, "/x/{name}", "some-route", request -> {
                    request.askedBy(new Requester("token:ci"));
                    return Answer.text(200, "four");
                })
                .query("q"));
        exchange.ask("GET /x/geheim?q=geheim", "Authorization: Bearer geheim", "X-Request-Id: my-request");
        exchange.ask("GET /geheim/geheim?geheim=1");
        var access = exchange.accesses.getFirst();
        assertEquals(TestExchange.NOW, access.time());
        assertEquals("my-request", access.requestId());
        assertEquals("token:ci", access.requester());
        assertEquals("some-route", access.outcome().route());
        assertEquals(200, access.outcome().status());
        assertEquals(4, access.outcome().bytes());
        assertEquals("-", exchange.accesses.get(1).outcome().route());
        assertFalse(exchange.accesses.toString().contains("geheim"));
        assertFalse(exchange.metrics.text().contains("geheim"));
        assertTrue(exchange.metrics
                .text()
                .contains("chancery_http_requests_total{route=\"some-route\",status=\"200\"} 1\n"));
    }

    @Test
    void whoGoesAwayInTheMiddleIsNoFaultOfOurs() {
        var exchange = new TestExchange(Route.of(Method.POST, "/x", "x", request -> {
            request.stream().read();
            return Answer.empty(204);
        }));
        assertThrows(IOException.class, () -> TestFaults.interruptedPost(exchange, "/x"));
        assertEquals(0, exchange.faults.size());
        assertEquals(408, exchange.accesses.getFirst().outcome().status());
    }

    @Test
    void anAnswerThatBreaksOffIsNotEnded() {
        var exchange = new TestExchange(Route.of(
                Method.GET,
                "/x",
                "x",
                request -> Answer.written(200, Media.BYTES, out -> {
                    out.write(1);
                    throw new IllegalStateException("geheim");
                })));
        assertThrows(IOException.class, () -> exchange.ask("GET /x"));
        assertEquals(1, exchange.faults.size());
        assertEquals(1, exchange.accesses.getFirst().outcome().bytes());
    }

    @Test
    void aHeaderOfOursCannotBeSplit() {
        assertThrows(IllegalArgumentException.class, () -> Answer.empty(204).with("Location", "/a\r\nX: y"));
        assertThrows(IllegalArgumentException.class, () -> Answer.empty(204).with("X y", "z"));
        assertThrows(IllegalArgumentException.class, () -> Answer.empty(204).etag("ü"));
    }
}
