// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Route;
import dev.chancery.server.tls.TestTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final HttpLimits.Times TIMES = new HttpLimits.Times(LONG, LONG, LONG, LONG);
    private static final Route HELLO = Route.of(Method.GET, "/hello", "hello", request -> Answer.text(200, "hello"))
            .query("q");

    private static String ask(int port, String path, String headers) throws IOException {
        try (var client = RawClient.to(port)) {
            String request = "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n".formatted(path, headers);
            return RawClient.status(client.send(request).rest());
        }
    }

    @Test
    void headersHaveALimit() throws Exception {
        try (var server = TestServer.of(new HttpLimits(10, 10, 2_048, TIMES), HELLO)) {
            assertEquals("200", ask(server.port(), "/hello", "X: " + "a".repeat(1_900) + "\r\n"));
            assertEquals("400", ask(server.port(), "/hello", "X: " + "a".repeat(2_048) + "\r\n"));
            assertEquals("400", ask(server.port(), "/hello", "X: a\r\n".repeat(400)));
        }
    }

    @Test
    void theRequestLineHasALimit() throws Exception {
        try (var server = TestServer.of(HELLO)) {
            assertEquals("200", ask(server.port(), "/hello?q=" + "a".repeat(4_094), ""));
            assertEquals("414", ask(server.port(), "/hello?q=" + "a".repeat(4_095), ""));
            assertEquals("414", ask(server.port(), "/" + "a".repeat(2_048), ""));
            String over = ask(server.port(), "/hello?q=" + "a".repeat(HttpLimits.REQUEST_LINE_BYTES_MAX), "");
            assertTrue(over.equals("414") || over.equals("400") || over.equals("closed"), over);
        }
    }

    /// The rest of it is read behind the answer, and the connection goes on.
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aContentMayBeLeftHalfRead(HttpClient.Version version) throws Exception {
        var connections = ConcurrentHashMap.<Integer>newKeySet();
        var half = Route.of(Method.POST, "/half", "half", request -> {
            connections.add(request.peer().address().getPort());
            try (var body = request.stream()) {
                return Answer.text(200, "read " + body.readNBytes(10).length);
            }
        });
        try (var server = TestServer.of(TestTls.context(), half);
                var client = HttpClient.newBuilder()
                        .sslContext(TestTls.trusting(TestTls.certificate()))
                        .version(version)
                        .build()) {
            for (int i = 0; i < 50; i++) {
                var request = HttpRequest.newBuilder(URI.create(server.url("/half")))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[300_000]))
                        .build();
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertEquals("read 10", answer.body());
                assertEquals(version, answer.version());
            }
        }
        assertEquals(1, connections.size());
    }

    @Test
    void connectionsAboveTheLimitWait() throws Exception {
        try (var server = TestServer.of(new HttpLimits(2, 10, 2_048, TIMES), HELLO);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = RawClient.to(server.port());
            try (var two = RawClient.to(server.port())) {
                String get = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
                assertEquals("200", RawClient.status(one.send(get).until("hello")));
                assertEquals("200", RawClient.status(two.send(get).until("hello")));
                var third = threads.submit(() -> ask(server.port(), "/hello", ""));
                Thread.sleep(300);
                assertTrue(!third.isDone());
                one.close();
                assertEquals("200", third.get());
            }
        }
    }

    @Test
    void requestsAboveTheLimitAre503() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var slow = Route.of(Method.GET, "/slow", "slow", request -> {
            entered.countDown();
            await(leave);
            return Answer.text(200, "late");
        });
        try (var server = TestServer.of(new HttpLimits(10, 1, 2_048, TIMES), HELLO, slow);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> ask(server.port(), "/slow", ""));
            entered.await();
            assertEquals("503", ask(server.port(), "/hello", ""));
            leave.countDown();
            assertEquals("200", first.get());
            assertEquals("200", ask(server.port(), "/hello", ""));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatRunsComesToItsEndWhenTheServerStops() throws Exception {
        var entered = new CountDownLatch(1);
        var slow = Route.of(Method.GET, "/slow", "slow", request -> {
            entered.countDown();
            sleep(Duration.ofMillis(500));
            return Answer.text(200, "late");
        });
        var server = TestServer.of(new HttpLimits(10, 10, 2_048, TIMES), HELLO, slow);
        try (var idle = RawClient.to(server.port());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            idle.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").until("hello");
            var running = threads.submit(() -> ask(server.port(), "/slow", ""));
            entered.await();
            long begin = System.nanoTime();
            server.close();
            assertEquals("200", running.get());
            idle.closes();
            assertTrue(System.nanoTime() - begin < LONG.dividedBy(2).toNanos());
        }
        assertThrows(IOException.class, () -> RawClient.to(server.port()));
    }

    @Test
    void whatDoesNotEndIsCutOffWhenTheServerStops() throws Exception {
        var entered = new CountDownLatch(1);
        var endless = Route.of(Method.GET, "/endless", "endless", request -> {
            entered.countDown();
            sleep(Duration.ofSeconds(30));
            return Answer.empty(204);
        });
        var times = new HttpLimits.Times(LONG, LONG, LONG, Duration.ofMillis(400));
        var server = TestServer.of(new HttpLimits(10, 10, 2_048, times), endless);
        try (var client = RawClient.to(server.port())) {
            client.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            entered.await();
            long begin = System.nanoTime();
            server.close();
            client.closes();
            assertTrue(System.nanoTime() - begin < LONG.dividedBy(2).toNanos());
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void contentOfAnySizeIsReadWithoutBeingKept() throws Exception {
        int pieces = 192;
        var kept = new AtomicLong();
        var count = Route.of(Method.PUT, "/count", "count", request -> {
            var in = request.stream(Media.BYTES);
            long before = usedBytes();
            in.skipNBytes((pieces / 2L) << 20);
            kept.set(usedBytes() - before);
            return Answer.text(200, "" + in.transferTo(OutputStream.nullOutputStream()));
        });
        try (var server = TestServer.of(count)) {
            var connection =
                    (HttpURLConnection) URI.create(server.url("/count")).toURL().openConnection();
            connection.setRequestMethod("PUT");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", Media.BYTES);
            connection.setFixedLengthStreamingMode((long) pieces << 20);
            byte[] piece = new byte[1 << 20];
            try (OutputStream out = connection.getOutputStream()) {
                for (int i = 0; i < pieces; i++) {
                    out.write(piece);
                }
            }
            String said = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("" + ((pieces / 2L) << 20), said);
        }
        assertTrue(kept.get() < 32 << 20, kept + " bytes were kept");
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static HttpPlan plan(String json) {
        return Json.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), "http")
                .object(HttpPlan::read);
    }

    @Test
    void aPlanHasUsualValues() {
        assertEquals(new HttpPlan("127.0.0.1", 8472, HttpLimits.USUAL), plan("{}"));
        var plan = plan("{\"host\":\"::1\",\"port\":0,\"limits\":{\"connections_max\":7,\"idle_seconds\":3600}}");
        assertEquals(7, plan.limits().connectionsMax());
        assertEquals(Duration.ofHours(1), plan.limits().times().idle());
        assertEquals(Duration.ofSeconds(10), plan.limits().times().header());
        assertEquals(HttpLimits.HEADER_BYTES_MAX, plan.limits().headerBytesMax());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"port\":65536}",
                "{\"port\":-1}",
                "{\"hosts\":\"x\"}",
                "{\"limits\":{\"idle_seconds\":0}}",
                "{\"limits\":{\"idle_seconds\":3601}}",
                "{\"limits\":{\"connections_max\":100001}}",
                "{\"limits\":{\"requests_max\":0}}",
                "{\"limits\":{\"header_bytes_max\":1048577}}",
                "{\"limits\":{\"header\":1}}"
            })
    void whatIsNoPlanIsMalformed(String json) {
        assertThrows(MalformedException.class, () -> plan(json));
    }

    @Test
    void plainHttpIsForThisMachineOnly() {
        for (String open : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
            var plan = new HttpPlan(open, 0, HttpLimits.USUAL);
            var refused = assertThrows(RefusedException.class, () -> plan.address(false));
            assertEquals("tls-required", refused.rule());
            assertEquals(0, plan.address(true).getPort());
        }
        assertTrue(new HttpPlan("::1", 0, HttpLimits.USUAL)
                .address(false)
                .getAddress()
                .isLoopbackAddress());
        assertThrows(MalformedException.class, () -> new HttpPlan("no such host", 0, HttpLimits.USUAL).address(true));
    }

    @Test
    void aPortThatIsTakenIsUnavailable() {
        try (var server = TestServer.of(HELLO)) {
            var plan = new HttpPlan("127.0.0.1", server.port(), HttpLimits.USUAL);
            assertThrows(UnavailableException.class, () -> TestServer.on(plan));
        }
    }
}
