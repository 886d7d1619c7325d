// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Route;
import dev.chancery.server.tls.TestTls;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/// Whoever sends or reads too slowly is cut off, in every state that a connection can be in, and nobody else
/// notices.
class SlowClientsTest {
    private static final Duration HEADER = Duration.ofMillis(600);
    private static final Duration IDLE = Duration.ofMillis(900);
    private static final Duration REQUEST = Duration.ofMillis(1_200);
    /// What a busy machine may add.
    private static final Duration LATE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final HttpLimits LIMITS =
            new HttpLimits(500, 100, 4_096, new HttpLimits.Times(HEADER, IDLE, REQUEST, REQUEST));
    private static final byte[] PIECE = new byte[1 << 16];

    private static final Route HELLO = Route.of(Method.GET, "/hello", "hello", request -> Answer.text(200, "hello"));
    private static final Route UPLOAD = Route.of(Method.POST, "/upload", "upload", request -> {
        long bytes = 0;
        byte[] piece = new byte[1_000];
        var in = request.stream();
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            bytes += read;
        }
        return Answer.text(200, "" + bytes);
    });
    private static final Route ENDLESS = Route.of(
            Method.GET,
            "/endless",
            "endless",
            request -> Answer.written(200, Media.BYTES, out -> {
                while (!Thread.currentThread().isInterrupted()) {
                    out.write(PIECE);
                }
            }));

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    /// Since before it was connected: on a busy machine the server's clock runs long before a client looks at his.
    private static Duration closes(int port, String sent) throws IOException {
        long begin = System.nanoTime();
        try (var client = RawClient.to(port)) {
            client.send(sent).closes();
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Duration dribbles(int port, String first, String piece) throws Exception {
        long begin = System.nanoTime();
        try (var client = RawClient.to(port)) {
            client.send(first).dribble(piece, PAUSE);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void everyStateOfAConnectionEnds() throws Exception {
        var least = new TreeMap<String, Duration>();
        var took = new TreeMap<String, Future<Duration>>();
        try (var server = TestServer.of(LIMITS, HELLO, UPLOAD, ENDLESS);
                var secure = TestServer.of(LIMITS, TestTls.context(), HELLO);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int port = server.port();
            var probe = new Object() {
                void of(String name, Duration atLeast, Callable<Duration> task) {
                    least.put(name, atLeast);
                    took.put(name, threads.submit(task));
                }
            };
            String upload = "POST /upload HTTP/1.1\r\nHost: x\r\n";
            probe.of("says nothing", HEADER, () -> closes(port, ""));
            probe.of("half a line", HEADER, () -> closes(port, "GET /hel"));
            probe.of("half a header", HEADER, () -> closes(port, "GET / HTTP/1.1\r\nHost: x\r\n"));
            probe.of("a header byte by byte", HEADER, () -> dribbles(port, "GET / HTTP/1.1\r\nX: ", "x"));
            probe.of("half a preface of HTTP/2", HEADER, () -> closes(port, "PRI * HTTP/2.0\r\n\r\n"));
            probe.of("a preface of HTTP/2 and nothing", HEADER, () -> closes(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
            probe.of("no handshake", HEADER, () -> closes(secure.port(), ""));
            probe.of("half a handshake", HEADER, () -> closes(secure.port(), "\26\3\1\2\0"));
            probe.of("a handshake byte by byte", HEADER, () -> dribbles(secure.port(), "\26\3\1\77\0\1\0\0\77", "\0"));
            probe.of("no request after the handshake", HEADER, () -> asksNothing(secure.port()));
            probe.of("idle after an answer", IDLE, () -> closes(port, get("/hello")));
            probe.of("half a header after an answer", IDLE, () -> closes(port, get("/hello") + "GET /"));
            probe.of("no body", REQUEST, () -> closes(port, upload + "Content-Length: 9\r\n\r\n"));
            probe.of(
                    "a body byte by byte", REQUEST, () -> dribbles(port, upload + "Content-Length: 9999\r\n\r\n", "x"));
            probe.of(
                    "chunks byte by byte",
                    REQUEST,
                    () -> dribbles(port, upload + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"));
            probe.of("an answer that nobody reads", REQUEST, () -> readsNothing(port));
            var wrong = new ArrayList<String>();
            for (var one : took.entrySet()) {
                Duration time = one.getValue().get();
                Duration atLeast = least.getOrDefault(one.getKey(), REQUEST);
                if (time.compareTo(atLeast.minus(PAUSE)) < 0 || time.compareTo(atLeast.plus(LATE)) > 0) {
                    wrong.add(one.getKey() + " after " + time);
                }
            }
            assertEquals(new ArrayList<String>(), wrong);
        }
    }

    /// Shakes hands and then says half of what it wants. On a busy machine not even the hands are shaken in
    /// time.
    private static Duration asksNothing(int port) throws Exception {
        long begin = System.nanoTime();
        try (var client = new RawClient(TestTls.client(port))) {
            client.send("GET / HTTP/1.1\r\n").closes();
        } catch (SocketException | SSLException e) {
            // It was closed in the middle.
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /// Asks for an endless answer and reads it only when the server must have given up.
    private static Duration readsNothing(int port) throws Exception {
        long begin = System.nanoTime();
        try (var client = RawClient.to(port)) {
            client.send(get("/endless"));
            Thread.sleep(REQUEST.multipliedBy(2).plus(PAUSE.multipliedBy(8)));
            client.closes();
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void whoIsSlowButMovesComesThrough() throws Exception {
        try (var server = TestServer.of(LIMITS, UPLOAD);
                var client = RawClient.to(server.port())) {
            int pieces = 20;
            client.send("POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + pieces * 1_000
                    + "\r\n\r\n");
            for (int i = 0; i < pieces; i++) {
                Thread.sleep(REQUEST.dividedBy(10));
                client.send("x".repeat(1_000));
            }
            assertTrue(client.rest().endsWith("20000"));
        }
    }

    @Test
    void manyHalfOpenConnectionsHoldNobody() throws Exception {
        var patient = new HttpLimits.Times(LATE, LATE, LATE, LATE);
        try (var server = TestServer.of(new HttpLimits(500, 100, 4_096, patient), HELLO)) {
            var open = new ArrayList<RawClient>();
            for (int i = 0; i < 300; i++) {
                open.add(RawClient.to(server.port()).send("GET / HTTP/1.1\r\nHost: "));
            }
            try (var client = RawClient.to(server.port())) {
                assertEquals("200", RawClient.status(client.send(get("/hello")).until("hello")));
            }
            assertTrue(server.listener.connections() > 0);
            for (RawClient client : open) {
                client.closes();
                client.close();
            }
            awaitNoConnections(server);
        }
    }

    private static void awaitNoConnections(TestServer server) throws InterruptedException {
        for (int i = 0; i < 200 && server.listener.connections() > 0; i++) {
            Thread.sleep(PAUSE);
        }
        assertEquals(0, server.listener.connections());
    }
}
