// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.cli.terminal.StatusLine;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// When a request is made again, and that it is the same request then.
class ServerClientTest {
    private static final Patience QUICK =
            new Patience(4, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(4));
    private static final Bytes BODY = Bytes.of("{}".getBytes(StandardCharsets.UTF_8));

    private static Terminal terminal() {
        var nobody = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Terminal(new ByteArrayInputStream(new byte[0]), nobody, nobody, Map.of(), Clock.systemUTC());
    }

    private static ServerClient client(int port, Patience patience) {
        var link = new ServerClient.Link(
                ServerAddress.parse("http://127.0.0.1:" + port),
                new TlsFiles(Optional.empty(), Optional.empty()),
                Optional.empty());
        return new ServerClient(link, patience, new StatusLine(terminal()));
    }

    /// Answers of a server, one after another; the last one for all that follows. Tells by which keys it was
    /// asked.
    private static List<String> keys(List<HttpHandler> answers, Patience patience, Asking asking) throws IOException {
        var keys = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            try (exchange) {
                answers.get(Math.min(keys.size(), answers.size()) - 1).handle(exchange);
            }
        });
        server.start();
        try (var client = client(server.getAddress().getPort(), patience)) {
            asking.ask(client);
        } finally {
            server.stop(0);
        }
        return new ArrayList<>(keys);
    }

    private interface Asking {
        void ask(ServerClient client);
    }

    private static HttpHandler status(int status, String... headers) {
        return exchange -> answer(exchange, status, headers);
    }

    private static void answer(HttpExchange exchange, int status, String... headers) throws IOException {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
        exchange.sendResponseHeaders(status, -1);
    }

    /// Nothing is answered, and the connection is closed.
    private static final HttpHandler DROP = exchange -> {};

    private static Asking posted(int status) {
        return client ->
                assertEquals(status, client.post("/v1/signatures", BODY, "once").status());
    }

    @Test
    void aLostOrPostponedRequestIsMadeAgainByTheSameKey() throws IOException {
        assertEquals(List.of("once", "once", "once"), keys(List.of(DROP, DROP, status(201)), QUICK, posted(201)));
        assertEquals(
                List.of("once", "once", "once", "once"),
                keys(
                        List.of(status(503), status(429, "Retry-After", "0"), status(502), status(200)),
                        QUICK,
                        posted(200)));
        assertEquals(
                List.of("once", "once"),
                keys(List.of(status(409, "Retry-After", "0"), status(201)), QUICK, posted(201)));
    }

    @Test
    void whatIsFinalIsNotAskedAgain() throws IOException {
        for (int status : List.of(200, 307, 400, 401, 403, 404, 409, 413, 422, 500)) {
            assertEquals(List.of("once"), keys(List.of(status(status)), QUICK, posted(status)));
        }
    }

    @Test
    void patienceEnds() throws IOException {
        assertEquals(4, keys(List.of(status(503)), QUICK, posted(503)).size());
        assertEquals(
                1,
                keys(List.of(status(503, "Retry-After", "21")), QUICK, posted(503))
                        .size());
        assertEquals(
                4,
                keys(List.of(DROP), QUICK, client -> {
                            var error = assertThrows(UnavailableException.class, () -> client.post("/", BODY, "once"));
                            assertTrue(error.sentence().endsWith("; it was asked 4 times"), error.sentence());
                        })
                        .size());
    }

    @Test
    void aServerThatWasNeverThereIsNotWaitedFor() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        try (var client = client(port, Patience.DEFAULT)) {
            var error = assertThrows(UnavailableException.class, () -> client.get("/v1/keyring"));
            assertTrue(error.sentence().endsWith("does not answer: no connection"), error.sentence());
        }
    }

    @Test
    void whoeverIsSilentIsAskedAgain() throws IOException {
        var impatient = new Patience(
                2, Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(1));
        HttpHandler silent = exchange -> {
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        keys(List.of(silent), impatient, client -> {
            var error = assertThrows(UnavailableException.class, () -> client.post("/", BODY, "once"));
            assertTrue(error.sentence().contains("did not answer within"), error.sentence());
        });
    }

    @Test
    void anAnswerHasSoManyBytes() throws IOException {
        int most = ServerClient.ANSWER_BYTES_MAX;
        keys(
                List.of(bytes(most)),
                QUICK,
                client -> assertEquals(most, client.get("/").body().length()));
        keys(List.of(bytes(most + 1)), QUICK, client -> {
            var error = assertThrows(UnavailableException.class, () -> client.get("/"));
            assertTrue(error.sentence().contains("more than %d bytes".formatted(most)), error.sentence());
        });
    }

    private static HttpHandler bytes(int count) {
        return exchange -> {
            exchange.sendResponseHeaders(200, count);
            byte[] piece = new byte[1 << 20];
            for (int left = count; left > 0; left -= piece.length) {
                exchange.getResponseBody().write(piece, 0, Math.min(left, piece.length));
            }
        };
    }

    @Test
    void waitsDoubleUntilTheLongestAndGiveWayToWhatTheServerAsks() {
        var patience = new Patience(
                9, Duration.ofMinutes(1), Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(5));
        var waits = new ArrayList<Long>();
        for (int attempts = 1; attempts < 6; attempts++) {
            waits.add(patience.after(attempts, Duration.ZERO, Optional.empty())
                    .orElseThrow()
                    .toSeconds());
        }
        assertEquals(List.of(1L, 2L, 4L, 5L, 5L), waits);
        var asked = Optional.of(Duration.ofSeconds(30));
        assertEquals(asked, patience.after(1, Duration.ofSeconds(30), asked));
        assertEquals(Optional.empty(), patience.after(1, Duration.ofSeconds(31), asked));
        assertFalse(patience.after(9, Duration.ZERO, Optional.empty()).isPresent());
        assertTrue(patience.after(8, Duration.ZERO, Optional.empty()).isPresent());
    }
}
