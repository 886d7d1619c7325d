// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.cli.remote.Patience;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server may answer, and what becomes of it. A real one is asked in `PlacesIT`.
class HttpPlaceTest {
    private static final ArtifactName NAME = new ArtifactName("a file + 100%;é.zip");
    private static final String ENCODED = "/p/a%20file%20+%20100%25%3B%C3%A9.zip";
    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final Duration STILL = Duration.ofMillis(300);

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpPlace place;

    /// What the server does with a request.
    private interface Manner {
        void answer(HttpExchange exchange) throws IOException;
    }

    private volatile Manner manner = this::store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                manner.answer(exchange);
            }
        });
        server.start();
        place = place(Optional.empty());
    }

    @AfterEach
    void stop() {
        place.close();
        server.stop(0);
    }

    private HttpPlace place(Optional<String> authorization) {
        try {
            var patience = new Patience(
                    3, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(20));
            var base = URI.create(
                    "http://127.0.0.1:%d/p/".formatted(server.getAddress().getPort()));
            return HttpPlace.at(
                    base,
                    SSLContext.getDefault(),
                    new HttpPlace.Plain(base, authorization),
                    new HttpPlace.Waits(patience, STILL));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void store(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        if (exchange.getRequestMethod().equals("PUT")) {
            boolean taken = files.putIfAbsent(path, exchange.getRequestBody().readAllBytes()) != null;
            exchange.sendResponseHeaders(taken ? 412 : 201, -1);
            return;
        }
        byte[] file = files.get(path);
        exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
        if (file != null) {
            exchange.getResponseBody().write(file);
        }
    }

    private static Manner status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private static Place.Source source(byte[] content) {
        return new Place.Source() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }
        };
    }

    private byte[] read(ArtifactName name) throws IOException {
        try (var input = place.open(name).orElseThrow()) {
            return input.readAllBytes();
        }
    }

    @Test
    void whatIsWrittenIsReadUnderItsName() throws IOException {
        assertTrue(place.open(NAME).isEmpty());
        assertTrue(place.create(NAME, source(CONTENT)));
        assertEquals(List.of(ENCODED), List.copyOf(files.keySet()));
        assertArrayEquals(CONTENT, read(NAME));
        assertTrue(place.create(new ArtifactName("empty"), source(new byte[0])));
        assertEquals(0, read(new ArtifactName("empty")).length);
        assertTrue(place.names().isEmpty());
    }

    @Test
    void whatIsThereStays() throws IOException {
        assertTrue(place.create(NAME, source(CONTENT)));
        assertFalse(place.create(NAME, source(new byte[9])));
        assertArrayEquals(CONTENT, read(NAME));
    }

    /// Who writes between the question and the `PUT` has it: `If-None-Match: *`.
    @Test
    void whoCameMeanwhileHasIt() {
        manner = exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.getRequestBody().readAllBytes();
                boolean asks = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
                exchange.sendResponseHeaders(asks ? 412 : 204, -1);
            }
        };
        assertFalse(place.create(NAME, source(CONTENT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void whoIsNotLetInIsTold(int status) {
        manner = status(status);
        var e = assertThrows(HintedException.class, () -> place.open(NAME));
        assertEquals("place-denied", ((RefusedException) e.error()).rule());
        assertTrue(e.hint().contains("netrc"), e.hint());
    }

    @ParameterizedTest
    @CsvSource({"400,false", "405,false", "413,false", "500,true", "507,true"})
    void aStatusThatIsNoAnswerIsRefusedOrUnavailable(int status, boolean later) {
        manner = exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("GET") ? 404 : status, -1);
        };
        var e = assertThrows(RuntimeException.class, () -> place.create(NAME, source(CONTENT)));
        assertEquals(later ? UnavailableException.class : RefusedException.class, e.getClass());
        assertTrue(String.valueOf(e.getMessage()).contains("answers " + status), e::toString);
    }

    @Test
    void whoAsksForPatienceIsAskedAgainAndNotForEver() throws IOException {
        var left = new AtomicInteger(2);
        manner = exchange -> {
            if (left.getAndDecrement() > 0) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                exchange.sendResponseHeaders(503, -1);
            } else {
                store(exchange);
            }
        };
        files.put(ENCODED, CONTENT);
        assertArrayEquals(CONTENT, read(NAME));
        asked.clear();
        left.set(100);
        assertThrows(UnavailableException.class, () -> place.open(NAME));
        assertEquals(3, asked.size());
    }

    @Test
    void whoWasNeverThereIsAskedOnce() {
        server.stop(0);
        long begin = System.nanoTime();
        var e = assertThrows(UnavailableException.class, () -> place.open(NAME));
        assertTrue(String.valueOf(e.getMessage()).endsWith("does not answer: no connection"), e::toString);
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(5).toNanos());
    }

    private static Manner leading(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    @Test
    void readingFollowsFiveTimes() throws IOException {
        var left = new AtomicInteger(5);
        manner = exchange -> {
            if (left.getAndDecrement() > 0) {
                leading("next").answer(exchange);
            } else {
                exchange.sendResponseHeaders(200, CONTENT.length);
                exchange.getResponseBody().write(CONTENT);
            }
        };
        assertArrayEquals(CONTENT, read(NAME));
        left.set(6);
        assertThrows(RefusedException.class, () -> place.open(NAME));
    }

    @Test
    void aCredentialDoesNotGoToAnotherHost() throws IOException {
        place = place(Optional.of("Basic abc"));
        files.put("/elsewhere", CONTENT);
        int port = server.getAddress().getPort();
        manner = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
                store(exchange);
            } else {
                leading("http://localhost:%d/elsewhere".formatted(port)).answer(exchange);
            }
        };
        assertArrayEquals(CONTENT, read(NAME));
        assertEquals(List.of("GET " + ENCODED + " Basic abc", "GET /elsewhere null"), asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ftp://127.0.0.1/", "file:///etc/passwd", "http://name:word@127.0.0.1/", "not an address"})
    void whereNobodyShouldFollowNobodyDoes(String to) {
        manner = leading(to);
        assertThrows(RefusedException.class, () -> place.open(NAME));
    }

    @Test
    void writingFollowsNowhere() {
        manner = exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                leading("/elsewhere").answer(exchange);
            }
        };
        assertThrows(RefusedException.class, () -> place.create(NAME, source(CONTENT)));
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedForForEver() {
        manner = exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            sleep();
        };
        var e = assertThrows(IOException.class, () -> read(NAME));
        assertTrue(String.valueOf(e.getMessage()).startsWith("nothing came for "), e::toString);
        manner = exchange -> sleep();
        assertThrows(UnavailableException.class, () -> place.open(NAME));
    }

    @Test
    void aServerThatTakesNothingIsNotWaitedForForEver() {
        manner = exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                sleep();
            }
        };
        var e = assertThrows(UnavailableException.class, () -> place.create(NAME, source(new byte[1 << 24])));
        assertTrue(String.valueOf(e.getMessage()).contains("nothing was taken for "), e::toString);
    }

    private static void sleep() {
        try {
            Thread.sleep(STILL.multipliedBy(8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A source that is cut off, grows, or refuses: nothing arrives whole.
    @Test
    void aSourceThatFailsLeavesNothing() {
        var refusing = new Place.Source() {
            @Override
            public long size() {
                return 1 << 20;
            }

            @Override
            public InputStream open() {
                return new InputStream() {
                    private int given;

                    @Override
                    public int read() {
                        return read(new byte[1], 0, 1) - 1;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        given += length;
                        if (given > 1 << 19) {
                            throw new RefusedException("content-changed", "it is not what was verified");
                        }
                        return length;
                    }
                };
            }
        };
        var refused = assertThrows(RefusedException.class, () -> place.create(NAME, refusing));
        assertEquals("content-changed", refused.rule());
        var shorter = new Place.Source() {
            @Override
            public long size() {
                return CONTENT.length + 1L;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(CONTENT);
            }
        };
        assertThrows(UnavailableException.class, () -> place.create(NAME, shorter));
        assertEquals(Map.of(), files);
    }
}
