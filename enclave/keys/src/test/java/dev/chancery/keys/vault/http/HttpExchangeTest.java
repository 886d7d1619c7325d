// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.keys.handle.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Against a server that a test writes by hand.
class HttpExchangeTest {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    /// Serves one connection after the other.
    private interface Serving {
        void serve(Socket connection) throws IOException, InterruptedException;
    }

    private record Server(ServerSocket listening, AtomicInteger connections) implements AutoCloseable {
        static Server with(Serving serving) throws IOException {
            var server = new Server(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), new AtomicInteger());
            Thread.ofVirtual().start(() -> server.run(serving));
            return server;
        }

        private void run(Serving serving) {
            while (!listening.isClosed()) {
                try (var connection = listening.accept()) {
                    connections.incrementAndGet();
                    serving.serve(connection);
                } catch (IOException | InterruptedException e) {
                    // The client left, or the test is over.
                }
            }
        }

        HttpExchange exchange() {
            return new HttpExchange(new Route.Loopback("127.0.0.1", listening.getLocalPort()));
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    private static String readRequest(InputStream in) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private static void say(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static HttpRequest get(boolean repeatable) {
        return new HttpRequest("GET", "/v1/x", Map.of(), SecretBytes.owning(new byte[0]), repeatable);
    }

    @Test
    void aRequestIsWhatItShouldBe() throws IOException {
        var seen = new AtomicReference<>("");
        try (var server = Server.with(connection -> {
                    seen.set(readRequest(connection.getInputStream()));
                    say(connection, ANSWER);
                });
                var exchange = server.exchange()) {
            var fields = Map.of("X-Vault-Token", HttpExchange.value("s.abc"));
            var body = SecretBytes.owning(HttpExchange.value("{}"));
            exchange.send(new HttpRequest("POST", "/v1/y", fields, body, false), TIME);
            var lines = List.of(
                    "POST /v1/y HTTP/1.1",
                    "Host: 127.0.0.1:" + server.listening().getLocalPort(),
                    "Accept: application/json",
                    "X-Vault-Token: s.abc",
                    "Content-Type: application/json",
                    "Content-Length: 2",
                    "",
                    "");
            assertEquals(String.join("\r\n", lines), seen.get());
        }
    }

    @Test
    void aConnectionServesManyRequests() throws IOException {
        try (var server = Server.with(connection -> {
                    while (true) {
                        readRequest(connection.getInputStream());
                        say(connection, ANSWER);
                    }
                });
                var exchange = server.exchange()) {
            for (int i = 0; i < 10; i++) {
                assertEquals(200, exchange.send(get(true), TIME).status());
            }
            assertEquals(1, server.connections().get());
        }
    }

    /// The server closes a kept connection when the next request has come: it cannot have been seen before.
    @Test
    void aKeptConnectionThatWasClosedCostsOneMore() throws IOException {
        try (var server = Server.with(connection -> {
                    readRequest(connection.getInputStream());
                    say(connection, ANSWER);
                    readRequest(connection.getInputStream());
                });
                var exchange = server.exchange()) {
            for (int i = 1; i <= 5; i++) {
                assertEquals(200, exchange.send(get(true), TIME).status());
                assertEquals(i, server.connections().get());
            }
        }
    }

    @Test
    void whatMayNotRunTwiceIsSentOnce() throws IOException {
        var requests = new AtomicInteger();
        try (var server = Server.with(connection -> {
                    readRequest(connection.getInputStream());
                    requests.incrementAndGet();
                });
                var exchange = server.exchange()) {
            assertThrows(IOException.class, () -> exchange.send(get(false), TIME));
            assertEquals(1, requests.get());
        }
    }

    @Test
    void aServerThatReadsNothingAndOneThatSaysNothing() throws IOException {
        try (var server = Server.with(connection -> Thread.sleep(TIME));
                var exchange = server.exchange()) {
            var large = new HttpRequest("POST", "/v1/x", Map.of(), SecretBytes.owning(new byte[1 << 25]), true);
            var shortly = Duration.ofMillis(200);
            long start = System.nanoTime();
            assertThrows(SocketTimeoutException.class, () -> exchange.send(large, shortly));
            assertThrows(SocketTimeoutException.class, () -> exchange.send(get(true), shortly));
            assertTrue(System.nanoTime() - start < TIME.toNanos());
        }
    }

    @Test
    void plainHttpStaysOnThisMachine() {
        try (var exchange = new HttpExchange(new Route.Loopback("192.0.2.1", 8200))) {
            assertThrows(IOException.class, () -> exchange.send(get(true), TIME));
        }
    }
}
