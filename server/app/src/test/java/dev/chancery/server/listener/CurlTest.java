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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client that everybody has, over both versions, with and without TLS.
class CurlTest {
    private static final int CONTENT_BYTES = 3 << 20;

    @TempDir
    static Path folder;

    private static TestServer plain;
    private static TestServer secure;

    @BeforeAll
    static void listen() throws IOException {
        Route[] routes = {
            Route.of(
                    Method.GET,
                    "/hello",
                    "hello",
                    request -> Answer.text(200, "hello").etag("one")),
            Route.of(Method.GET, "/file", "file", request -> Answer.file(Media.BYTES, folder.resolve("content"))),
            Route.of(
                    Method.POST,
                    "/small",
                    "small",
                    request -> Answer.text(200, "" + request.bytes(1_000).length())),
            Route.of(
                    Method.PUT,
                    "/large",
                    "large",
                    request -> Answer.text(201, "" + request.stream().transferTo(OutputStream.nullOutputStream()))),
        };
        Files.write(folder.resolve("content"), new byte[CONTENT_BYTES]);
        plain = TestServer.of(routes);
        secure = TestServer.of(TestTls.context(), routes);
    }

    @AfterAll
    static void stop() {
        plain.close();
        secure.close();
    }

    private static StockTool.Said curl(String version, String path, String... more) throws Exception {
        boolean tls = version.startsWith("tls");
        var arguments = new ArrayList<String>(List.of("--silent", "--show-error", "--max-time", "50"));
        arguments.add(
                switch (version) {
                    case "h2c" -> "--http2-prior-knowledge";
                    case "tls-h2" -> "--http2";
                    default -> "--http1.1";
                });
        if (tls) {
            arguments.addAll(List.of("--cacert", TestTls.certificate().toString()));
        }
        arguments.addAll(List.of(more));
        arguments.add((tls ? secure : plain).url(path));
        return StockTool.run("curl", arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1", "h2c", "tls-h1", "tls-h2"})
    void getsUploadsAndIsRefused(String version) throws Exception {
        String expected = version.contains("h2") ? "2" : "1.1";
        assertEquals(
                "hello " + expected,
                curl(version, "/hello", "-w", " %{http_version}").text());
        String head = curl(version, "/hello", "-I").text().toLowerCase(Locale.ROOT);
        assertTrue(head.contains("content-length: 5") && head.contains("nosniff") && !head.contains("server:"), head);
        String cached = curl(version, "/hello", "-H", "If-None-Match: \"one\"", "-w", "%{http_code}")
                .text();
        assertEquals("304", cached);
        String content = folder.resolve("content").toString();
        assertEquals("" + CONTENT_BYTES, curl(version, "/large", "-T", content).text());
        String chunked = curl(version, "/large", "-T", content, "-H", "Transfer-Encoding: chunked")
                .text();
        assertEquals("" + CONTENT_BYTES, version.contains("h2") ? "" + CONTENT_BYTES : chunked);
        Path copy = folder.resolve("copy-" + version);
        assertEquals("", curl(version, "/file", "-o", copy.toString()).text());
        assertEquals(-1, Files.mismatch(copy, folder.resolve("content")));
        assertEquals(
                "206 10",
                curl(version, "/file", "-r", "5-14", "-o", copy.toString(), "-w", "%{http_code} %{size_download}")
                        .text());
    }

    /// The status has to arrive although most of the content was not read.
    @ParameterizedTest
    @ValueSource(strings = {"h1", "h2c", "tls-h1", "tls-h2"})
    void aContentThatIsTooLargeIsRefusedEarly(String version) throws Exception {
        String content = "@" + folder.resolve("content");
        for (String expect : new String[] {"Expect: 100-continue", "Expect:"}) {
            var said = curl(version, "/small", "--data-binary", content, "-H", expect, "-w", " %{http_code}");
            // This curl may lose what stands behind the head when it stops its own stream of HTTP/2 before the end.
            boolean whole = said.text().contains("too-large") || version.contains("h2");
            assertTrue(whole && said.text().endsWith("413"), version + expect + said);
        }
        assertEquals("4", curl(version, "/small", "--data-binary", "four").text());
    }

    @Test
    void severalRequestsGoOverOneConnection() throws Exception {
        for (String version : new String[] {"h1", "tls-h2"}) {
            String one = (version.equals("h1") ? plain : secure).url("/hello");
            var said = curl(version, "/hello", "-w", " %{num_connects} ", one);
            assertEquals("hello 1 hello 0 ", said.text());
        }
    }

    @Test
    void thereIsNoPlainTextBehindTls() throws Exception {
        assertTrue(StockTool.run("curl", "--silent", "--max-time", "9", plainUrlOfSecure())
                        .exit()
                != 0);
        assertTrue(curl("tls-h1", "/hello", "--tls-max", "1.1").exit() != 0);
        assertEquals("hello", curl("tls-h1", "/hello", "--tls-max", "1.2").text());
        assertEquals("hello", curl("tls-h1", "/hello", "--tlsv1.3").text());
    }

    private static String plainUrlOfSecure() {
        return secure.url("/hello").replace("https:", "http:");
    }

    @Test
    void otherPathsAndMethodsAreProblems() throws Exception {
        assertTrue(curl("h1", "/../etc/passwd", "--path-as-is", "-i").text().startsWith("HTTP/1.1 400"));
        assertTrue(curl("h1", "/hello%2fx", "-i").text().startsWith("HTTP/1.1 400"));
        assertTrue(curl("h2c", "/%2e%2e/x", "--path-as-is", "-w", "%{http_code}")
                .text()
                .endsWith("400"));
        assertTrue(curl("h1", "/hello", "-X", "TRACE", "-i").text().startsWith("HTTP/1.1 405"));
        assertTrue(
                curl("h2c", "/hello", "-X", "BREW", "-w", "%{http_code}").text().endsWith("405"));
        assertTrue(curl("h1", "/hello/", "-i").text().startsWith("HTTP/1.1 404"));
        assertTrue(curl("h1", "/hello?x=1", "-i").text().startsWith("HTTP/1.1 400"));
    }
}
