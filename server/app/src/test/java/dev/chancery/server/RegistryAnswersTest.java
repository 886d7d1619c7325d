// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.server.registry.TestPackages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The registry tells what <https://github.com/elastic/package-registry>, version 1.40.1, told of the same packages:
/// `answers.json` was written by asking one, with its option `require_signatures` as it is by default.
class RegistryAnswersTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(directory.resolve("policies"));
        TestPackages.write(Files.createDirectory(directory.resolve("packages")));
        server = AwayServer.in(directory, ", \"registry\": {\"packages\": \"packages\"}")
                .server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return get(server, path, headers);
    }

    private static HttpResponse<byte[]> get(Server asked, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(asked.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Json parse(byte[] json) {
        return Json.parse(Bytes.of(json), "answer", JsonLimits.foreign(Json.DOCUMENT_BYTES_MAX))
                .json();
    }

    /// Fields in the order of their names: in JSON it says nothing.
    private static Json sorted(Json json) {
        return switch (json) {
            case Json.Members(var fields) -> {
                var sorted = new JsonFields();
                new TreeMap<>(fields).forEach((name, value) -> sorted.put(name, sorted(value)));
                yield sorted.toJson();
            }
            case Json.Elements(var list) ->
                new Json.Elements(list.stream().map(RegistryAnswersTest::sorted).toList());
            default -> json;
        };
    }

    @TestFactory
    List<DynamicTest> theSame() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        var answers = (Json.Elements) parse(Files.readAllBytes(TestPackages.resource("answers.json")));
        for (Json answer : answers.list()) {
            var fields = ((Json.Members) answer).fields();
            String path = ((Json.Text) DescribedCalls.at(answer, "path")).value();
            tests.add(DynamicTest.dynamicTest(path, () -> {
                var given = get(path);
                assertEquals(DescribedCalls.at(answer, "status"), new Json.Whole(given.statusCode()));
                if (fields.containsKey("json")) {
                    var expected = DescribedCalls.at(answer, "json");
                    assertEquals(
                            sorted(expected).pretty(),
                            sorted(parse(given.body())).pretty());
                }
            }));
        }
        assertEquals(70, tests.size());
        return tests;
    }

    @Test
    void filesAreHandedOutWholeAndInParts() throws IOException, InterruptedException {
        byte[] zip = Files.readAllBytes(directory.resolve("packages/plain-1.0.0.zip"));
        var whole = get("/epr/plain/plain-1.0.0.zip");
        assertEquals(Bytes.of(zip), Bytes.of(whole.body()));
        assertEquals(
                "application/zip", whole.headers().firstValue("content-type").orElseThrow());
        assertEquals(
                "public, max-age=300",
                whole.headers().firstValue("cache-control").orElseThrow());
        String tag = whole.headers().firstValue("etag").orElseThrow();
        assertEquals(
                304, get("/epr/plain/plain-1.0.0.zip", "If-None-Match", tag).statusCode());
        var part = get("/epr/plain/plain-1.0.0.zip", "Range", "bytes=2-5");
        assertEquals(206, part.statusCode());
        assertEquals(Bytes.of(java.util.Arrays.copyOfRange(zip, 2, 6)), Bytes.of(part.body()));

        byte[] picture = Files.readAllBytes(TestPackages.resource("packages/everything-2.0.0/img/picture.png"));
        String path = "/package/everything/2.0.0/img/picture.png";
        var shown = get(path);
        assertEquals(Bytes.of(picture), Bytes.of(shown.body()));
        assertEquals("image/png", shown.headers().firstValue("content-type").orElseThrow());
        var piece = get(path, "Range", "bytes=60-");
        assertEquals(206, piece.statusCode());
        assertEquals(Bytes.of(java.util.Arrays.copyOfRange(picture, 60, picture.length)), Bytes.of(piece.body()));
        assertEquals(416, get(path, "Range", "bytes=68-").statusCode());
        assertEquals(
                "bytes 60-67/68", piece.headers().firstValue("content-range").orElseThrow());
    }

    /// Longer answers and files are sent piece by piece.
    @Test
    void muchIsToldToo() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(directory.resolve("large/packages"));
        Files.createDirectory(directory.resolve("large/policies"));
        for (int i = 0; i < 64; i++) {
            TestPackages.write(folder, "many", "1.%d.0".formatted(i));
        }
        var files = new TreeMap<>(TestPackages.plain("large", "1.0.0"));
        files.put("large-1.0.0/most.txt", Bytes.of(new byte[1 << 20]));
        files.put("large-1.0.0/more.txt", Bytes.of(new byte[(1 << 20) + 1]));
        files.put("large-1.0.0/largest.txt", Bytes.of(new byte[16 << 20]));
        files.put("large-1.0.0/over.txt", Bytes.of(new byte[(16 << 20) + 1]));
        TestPackages.write(folder, "large-1.0.0.zip", files);
        var large = AwayServer.in(directory.resolve("large"), ", \"registry\": {\"packages\": \"packages\"}")
                .server();
        try {
            var whole = get(large, "/search?all=true&package=many");
            assertEquals(64, ((Json.Elements) parse(whole.body())).list().size());
            assertTrue(whole.headers().firstValue("content-length").isPresent());
            var pieces = get(large, "/search?all=true");
            assertEquals(65, ((Json.Elements) parse(pieces.body())).list().size());
            assertTrue(pieces.headers().firstValue("content-length").isEmpty());
            String file = "/package/large/1.0.0/";
            assertEquals(
                    206, get(large, file + "most.txt", "Range", "bytes=0-9").statusCode());
            var streamed = get(large, file + "more.txt", "Range", "bytes=0-9");
            assertEquals(200, streamed.statusCode());
            assertEquals((1 << 20) + 1, streamed.body().length);
            assertEquals(16 << 20, get(large, file + "largest.txt").body().length);
            assertEquals(404, get(large, file + "over.txt").statusCode());
        } finally {
            large.close();
        }
    }

    /// A picture of a stranger must not be a program of this server's pages.
    @Test
    void whatIsInAPackageRunsNowhere() throws IOException, InterruptedException {
        var picture = get("/package/everything/2.0.0/img/logo.svg");
        assertEquals(
                "image/svg+xml", picture.headers().firstValue("content-type").orElseThrow());
        assertTrue(picture.headers()
                .firstValue("content-security-policy")
                .orElseThrow()
                .contains("sandbox"));
        assertEquals(
                "nosniff",
                picture.headers().firstValue("x-content-type-options").orElseThrow());
    }

    @Test
    void signaturesAreHandedOut() throws IOException, InterruptedException {
        var signature = get("/epr/plain/plain-1.0.0.zip.sig");
        assertEquals(TestPackages.SIGNATURE, new String(signature.body(), StandardCharsets.UTF_8));
        assertEquals(
                "application/pgp-signature",
                signature.headers().firstValue("content-type").orElseThrow());
        assertEquals(404, get("/epr/nothing/nothing-1.0.0.zip.sig").statusCode());
    }

    @Test
    void whatIsNotThereIsNotThere() throws IOException, InterruptedException {
        for (String path : List.of(
                "/epr/plain/plain-7.0.0.zip",
                "/epr/early/plain-1.0.0.zip",
                "/epr/plain/plain-1.0.0.zip.tlog-proof",
                "/package/plain/1.0.0/none",
                "/package/plain/1.0.0/docs",
                "/package/plain/1.0.0/docs/",
                "/package/Plain/1.0.0/",
                "/package/plain//")) {
            assertEquals(404, get(path).statusCode(), path);
        }
        for (String path : List.of(
                "/epr/plain/plain-1.0.zip",
                "/epr/plain/plain-1.0.zip.sig",
                "/epr/plain/plain",
                "/package/plain/1.0.0/../../x")) {
            assertEquals(400, get(path).statusCode(), path);
        }
        var moved = get("/package/plain/1.0.0");
        assertEquals(301, moved.statusCode());
        assertEquals(
                "/package/plain/1.0.0/", moved.headers().firstValue("location").orElseThrow());
        assertEquals(200, get("/health").statusCode());
    }
}
