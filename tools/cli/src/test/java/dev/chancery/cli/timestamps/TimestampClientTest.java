// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.timestamps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.timestamp.TimestampResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a service can do instead of answering.
class TimestampClientTest {
    private static final Bytes QUERY = Bytes.of(new byte[] {1, 2, 3});
    private static final String REPLY = "application/timestamp-reply";

    private static HttpServer server(HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        server.start();
        return server;
    }

    private static URI address(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Bytes ask(HttpHandler handler) throws IOException {
        var server = server(handler);
        try {
            return new TimestampClient(address(server.getAddress().getPort(), "/tsr")).ask(QUERY);
        } finally {
            server.stop(0);
        }
    }

    private static void assertUnavailable(String words, HttpHandler handler) {
        var error = assertThrows(UnavailableException.class, () -> ask(handler));
        assertTrue(error.sentence().contains(words), error.sentence());
        assertTrue(error.sentence().contains("/tsr\""), error.sentence());
    }

    @Test
    void aQueryIsPostedAndItsAnswerTaken() throws IOException {
        var answer = ask(exchange -> {
            assertEquals("POST", exchange.getRequestMethod());
            assertEquals(
                    "application/timestamp-query", exchange.getRequestHeaders().getFirst("Content-Type"));
            byte[] query = exchange.getRequestBody().readAllBytes();
            assertArrayEquals(QUERY.toArray(), query);
            answer(exchange, 200, "Application/Timestamp-Reply; charset=binary", query);
        });
        assertEquals(QUERY, answer);
    }

    @Test
    void anotherStatusOrTypeIsNoAnswer() {
        assertUnavailable("HTTP status 500", exchange -> answer(exchange, 500, REPLY, new byte[1]));
        assertUnavailable("HTTP status 204", exchange -> answer(exchange, 204, REPLY, new byte[0]));
        assertUnavailable("\"text/html\"", exchange -> answer(exchange, 200, "text/html", new byte[1]));
    }

    /// "The service that was named is the one that is asked."
    @Test
    void redirectsAreNotFollowed() {
        var asked = new AtomicInteger();
        assertUnavailable("HTTP status 307", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer(exchange, 307, REPLY, new byte[0]);
        });
        assertEquals(1, asked.get());
    }

    @Test
    void anAnswerHasSoManyBytes() throws IOException {
        int most = TimestampResponse.BYTES_MAX;
        assertEquals(
                most,
                ask(exchange -> answer(exchange, 200, REPLY, new byte[most])).length());
        assertUnavailable("does not answer", exchange -> answer(exchange, 200, REPLY, new byte[most + 1]));
    }

    @Test
    void whoeverIsSilentIsNotWaitedFor() throws IOException {
        var ended = new CountDownLatch(1);
        var silent = server(exchange -> hang(ended));
        var slow = server(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", REPLY);
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            hang(ended);
        });
        try {
            for (var server : new HttpServer[] {silent, slow}) {
                var address = address(server.getAddress().getPort(), "/tsr");
                var client = new TimestampClient(address, Duration.ofSeconds(1));
                var error = assertThrows(UnavailableException.class, () -> client.ask(QUERY));
                assertTrue(error.sentence().contains("within 1 seconds"), error.sentence());
            }
        } finally {
            ended.countDown();
            silent.stop(0);
            slow.stop(0);
        }
    }

    private static void hang(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whereNobodyListensThereIsNoAnswer() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        var client = new TimestampClient(address(port, "/tsr"));
        var error = assertThrows(UnavailableException.class, () -> client.ask(QUERY));
        assertTrue(error.sentence().contains("no connection"), error.sentence());
    }
}
