// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Messages that a proxy in front of us could read in another way (RFC 9112, section 11.2): each is answered
/// 400 or not at all, and the connection is closed, so that nothing behind it is taken for a request.
class SmugglingTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final HttpLimits LIMITS =
            new HttpLimits(100, 100, 4_096, new HttpLimits.Times(SHORT, SHORT, SHORT, SHORT));
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";

    private static Map<String, String> probes() {
        var probes = new TreeMap<String, String>();
        probes.put("both lengths", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        probes.put("both lengths, reversed", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"));
        probes.put("two lengths", post("Content-Length: 0\r\nContent-Length: 40\r\n", ""));
        probes.put("two equal lengths", post("Content-Length: 0\r\nContent-Length: 0\r\n", ""));
        probes.put("a list of lengths", post("Content-Length: 0, 0\r\n", ""));
        probes.put("a signed length", post("Content-Length: +0\r\n", ""));
        probes.put("a negative length", post("Content-Length: -1\r\n", ""));
        probes.put("a hexadecimal length", post("Content-Length: 0x0\r\n", ""));
        probes.put("a huge length", post("Content-Length: 99999999999999999999\r\n", ""));
        probes.put("an empty length", post("Content-Length: \r\n", ""));
        probes.put("xchunked", post("Transfer-Encoding: xchunked\r\n", ""));
        probes.put("chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        probes.put("chunked, identity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"));
        probes.put("gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"));
        probes.put("a tab before the colon", post("Content-Length\t: 0\r\n", ""));
        probes.put("a space before the colon", post("Content-Length : 0\r\n", ""));
        probes.put("obs-fold", "GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n");
        probes.put("obs-fold of the first header", "GET / HTTP/1.1\r\n Host: x\r\n\r\n");
        probes.put("no host", "GET / HTTP/1.1\r\n\r\n");
        probes.put("two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
        probes.put("bare LF", "GET / HTTP/1.1\nHost: x\n\n");
        probes.put("bare LF behind a header", "GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n");
        probes.put("bare CR", "GET / HTTP/1.1\r\nHost: x\r\nX: a\rY: b\r\n\r\n");
        probes.put("NUL in a header", "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n");
        probes.put("a space in a name", "GET / HTTP/1.1\r\nHost: x\r\nX Y: a\r\n\r\n");
        probes.put("two spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n");
        probes.put("a space in the path", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n");
        probes.put("HTTP/1.0 with POST", "POST / HTTP/1.0\r\nHost: x\r\n\r\n");
        probes.put("HTTP/1.0 with content", "GET / HTTP/1.0\r\nContent-Length: 1\r\n\r\nx");
        probes.put("HTTP/1.0 in chunks", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        probes.put("HTTP/1.0 with obs-fold", "GET / HTTP/1.0\r\nX: a\r\n b\r\n\r\n");
        probes.put("HTTP/1.0 with bare LF", "GET / HTTP/1.0\r\nX: a\n\n");
        probes.put("HTTP/1.0 with a space in a name", "GET / HTTP/1.0\r\nX Y: a\r\n\r\n");
        probes.put("HTTP/0.9", "GET /\r\n");
        probes.put("HTTP/1.2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n");
        probes.put("a chunk of no size", post("Transfer-Encoding: chunked\r\n", "\r\n\r\n"));
        probes.put("a negative chunk", post("Transfer-Encoding: chunked\r\n", "-1\r\n\r\n"));
        probes.put("a huge chunk", post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n"));
        probes.put("a chunk with a space", post("Transfer-Encoding: chunked\r\n", "0 \r\n\r\n"));
        probes.put("a chunk longer than it says", post("Transfer-Encoding: chunked\r\n", "1\r\nabc\r\n0\r\n\r\n"));
        probes.put("a bare LF behind a chunk", post("Transfer-Encoding: chunked\r\n", "1\na\n0\n\n"));
        probes.put("no protocol at all", "\0\1\2\3\4\5\r\n\r\n");
        return probes;
    }

    private static String post(String headers, String body) {
        return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
    }

    @Test
    void everyAmbiguousMessageIsRefusedAndNothingBehindItIsRead() throws Exception {
        var hidden = new ArrayList<String>();
        var root = Route.of(Method.POST, "/", "post", request -> {
            request.bytes(100);
            return Answer.empty(204);
        });
        var get = Route.of(Method.GET, "/", "get", request -> Answer.empty(204));
        var trap = Route.of(Method.GET, "/hidden", "hidden", request -> {
            hidden.add("asked");
            return Answer.empty(204);
        });
        var answers = new TreeMap<String, Future<String>>();
        try (var server = TestServer.of(LIMITS, root, get, trap);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            probes().forEach((name, probe) -> answers.put(name, threads.submit(() -> ask(server.port(), probe))));
            var wrong = new ArrayList<String>();
            for (var answer : answers.entrySet()) {
                String status = RawClient.status(answer.getValue().get());
                if (!List.of("400", "501", "505", "closed").contains(status)) {
                    wrong.add(answer.getKey() + " -> " + answer.getValue().get());
                }
            }
            assertEquals(List.of(), wrong);
            assertEquals(List.of(), hidden);
            // A GET of HTTP/1.0 is answered, and ends its connection.
            assertEquals("204", RawClient.status(ask(server.port(), "GET / HTTP/1.0\r\nHost: x\r\n\r\n")));
            assertEquals(List.of(), hidden);
            assertEquals("204", RawClient.status(ask(server.port(), post("Content-Length: 1\r\n", "x"))));
            assertEquals(List.of("asked"), hidden);
        }
    }

    private static String ask(int port, String probe) throws IOException {
        try (var client = RawClient.to(port)) {
            return client.send(probe + HIDDEN).rest();
        }
    }

    @Test
    void aRefusalIsAProblemDocument() throws Exception {
        try (var server = TestServer.of(LIMITS)) {
            String answer = ask(server.port(), "GET / HTTP/1.1\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
            assertTrue(answer.contains("https://chancery.dev/problems/malformed"), answer);
            assertTrue(answer.contains("nosniff"), answer);
            String id = answer.replaceAll("(?s).*X-Request-Id: ([0-9a-f]+).*", "$1");
            assertTrue(answer.contains("urn:chancery:request:" + id + "\""), answer);
            assertFalse(answer.toLowerCase(Locale.ROOT).contains("helidon"), answer);
        }
    }

    @Test
    void thereIsNoUpgradeToAnotherProtocol() throws Exception {
        var get = Route.of(Method.GET, "/", "get", request -> Answer.empty(204));
        try (var server = TestServer.of(LIMITS, get);
                var client = RawClient.to(server.port())) {
            String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";
            client.send("GET / HTTP/1.1\r\nHost: x\r\n" + upgrade + "\r\n");
            assertEquals("204", RawClient.status(client.until("\r\n\r\n")));
        }
    }
}
