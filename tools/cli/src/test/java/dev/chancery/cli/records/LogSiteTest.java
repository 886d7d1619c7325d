// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.log.Checkpoint;
import dev.chancery.tree.TreeAudit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/// A log behind a web server, and what else a web server can do.
class LogSiteTest {
    private static final Path LOG = Path.of("../../src/test/resources/logs/go");

    /// What is done with the site while its server runs.
    private interface Use<T> {
        T of(LogSite site);
    }

    private static <T> T with(HttpHandler handler, Duration timeMax, Use<T> use) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/log/", handler);
            server.setExecutor(command -> Thread.ofVirtual().start(command));
            server.start();
            var url = URI.create(
                    "http://127.0.0.1:%d/log".formatted(server.getAddress().getPort()));
            try (var site = new LogSite(url, SSLContext.getDefault(), timeMax)) {
                return use.of(site);
            } finally {
                server.stop(0);
            }
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T with(HttpHandler handler, Use<T> use) {
        return with(handler, LogSite.TIME_MAX, use);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void folder(HttpExchange exchange) throws IOException {
        Path file = LOG.resolve(exchange.getRequestURI().getPath().substring("/log/".length()));
        boolean there = Files.exists(file);
        answer(exchange, there ? 200 : 404, there ? Files.readAllBytes(file) : new byte[0]);
    }

    @Test
    void aLogIsReadFromThere() {
        var checkpoint = Checkpoint.parse(new LogFolder(LOG).checkpoint().text());
        var root = with(LogSiteTest::folder, site -> {
            assertEquals(checkpoint, Checkpoint.parse(site.checkpoint().text()));
            return new TreeAudit(site, (index, entry) -> {})
                    .run(checkpoint.size())
                    .root();
        });
        assertEquals(checkpoint.root(), root);
    }

    @Test
    void whatIsNotThere() {
        for (int status : new int[] {404, 410}) {
            HttpHandler none = exchange -> answer(exchange, status, new byte[0]);
            assertEquals(Optional.empty(), with(none, site -> site.file("tile/0/000", 100)));
            assertThrows(UnavailableException.class, () -> with(none, LogSite::checkpoint));
        }
    }

    @Test
    void anyOtherStatusIsUnavailable() {
        for (int status : new int[] {204, 301, 403, 429, 500, 503}) {
            HttpHandler other = exchange -> {
                exchange.getResponseHeaders().set("Location", "/log/elsewhere");
                answer(exchange, status, new byte[0]);
            };
            var fault =
                    assertThrows(UnavailableException.class, () -> with(other, site -> site.file("tile/0/000", 100)));
            assertTrue(fault.sentence().endsWith("is answered with HTTP status " + status), fault::sentence);
        }
    }

    @Test
    void aFileHasALimitedLength() {
        HttpHandler hundred = exchange -> answer(exchange, 200, new byte[100]);
        assertEquals(Optional.of(Bytes.of(new byte[100])), with(hundred, site -> site.file("tile/0/000", 100)));
        assertThrows(MalformedException.class, () -> with(hundred, site -> site.file("tile/0/000", 99)));
    }

    @Test
    void aServerThatFallsSilentOrBreaksOff() {
        var silent = new CountDownLatch(1);
        HttpHandler half = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[50]);
            exchange.getResponseBody().flush();
            try {
                silent.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
        var slow = assertThrows(
                UnavailableException.class,
                () -> with(half, Duration.ofMillis(500), site -> site.file("tile/0/000", 100)));
        assertTrue(slow.sentence().contains("did not come within"), slow::sentence);
        silent.countDown();
        assertThrows(UnavailableException.class, () -> with(half, site -> site.file("tile/0/000", 100)));
    }
}
