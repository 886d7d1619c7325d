// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.files.StockKeys;
import dev.chancery.formats.Formats;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import dev.chancery.server.http.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The description of the API that the server hands out says what the server has, all of it and nothing else.
class ApiDescriptionTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static Server server;
    private static String document;

    @BeforeAll
    static void fetch() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("policies"));
        server = AwayServer.withRegistry(directory).server();
        document = get().body();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> get(String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/openapi.json"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Json parse(String text) {
        return Json.parse(
                        Bytes.of(text.getBytes(StandardCharsets.UTF_8)),
                        "description",
                        JsonLimits.foreign(Json.DOCUMENT_BYTES_MAX))
                .json();
    }

    /// A call that is new, is gone, or takes another parameter fails here.
    @Test
    void describesEveryCallAndNoOther() {
        assertEquals(
                String.join("\n", DescribedCalls.of(server.routes())),
                String.join("\n", DescribedCalls.of(parse(document))));
    }

    @Test
    void theComparisonSeesWhatIsUnlike() {
        var calls = DescribedCalls.of(server.routes());
        for (String[] change : List.of(
                new String[] {"\"/healthz\"", "\"/alive\""},
                new String[] {"\"put\"", "\"delete\""},
                new String[] {"\"operationId\": \"verify\"", "\"operationId\": \"judge\""},
                new String[] {"\"name\": \"limit\"", "\"name\": \"most\""},
                new String[] {"\"name\": \"sha256\"", "\"name\": \"digest\""},
                new String[] {"\"name\": \"payload\"", "\"name\": \"content\""})) {
            assertTrue(document.contains(change[0]), change[0]);
            assertNotEquals(calls, DescribedCalls.of(parse(document.replace(change[0], change[1]))), change[0]);
        }
    }

    /// The kinds of errors, each with its status.
    @Test
    void knowsTheProblemsThatThereAre() {
        var description = parse(document);
        var known = DescribedCalls.at(description, "components", "schemas", "Problem", "properties", "type", "enum");
        var possible = Arrays.stream(ProblemType.values())
                // Without a document.
                .filter(type -> type != ProblemType.UNSATISFIABLE_RANGE)
                .map(ProblemType::uri)
                .toList();
        assertEquals(new TreeSet<>(possible), new TreeSet<>(DescribedCalls.texts(known)));
        var names = "NotFound Refused Conflict TooLarge Unprocessable TooMany Unavailable Failure";
        for (String name : names.split(" ", -1)) {
            var properties = DescribedCalls.at(
                    description,
                    "components",
                    "responses",
                    name,
                    "content",
                    "application/problem+json",
                    "schema",
                    "properties");
            String uri = DescribedCalls.text(DescribedCalls.at(properties, "type", "const"));
            var type = Arrays.stream(ProblemType.values())
                    .filter(one -> one.uri().equals(uri))
                    .findFirst()
                    .orElseThrow();
            assertEquals(new Json.Whole(type.status()), DescribedCalls.at(properties, "status", "const"), name);
        }
    }

    @Test
    void knowsTheFormatsEncodingsAndToolsThatThereAre() {
        var components = DescribedCalls.at(parse(document), "components");
        var formats = Formats.all(new BouncyCastleHashes()).list().stream()
                .map(format -> format.description().name().text())
                .toList();
        assertEquals(
                new TreeSet<>(formats),
                new TreeSet<>(DescribedCalls.texts(DescribedCalls.at(components, "schemas", "Format", "enum"))));
        assertEquals(
                Arrays.stream(Encoding.values()).map(Encoding::label).toList(),
                DescribedCalls.texts(DescribedCalls.at(components, "schemas", "Encoding", "enum")));
        assertEquals(
                StockKeys.TOOLS,
                DescribedCalls.texts(DescribedCalls.at(components, "parameters", "Tool", "schema", "enum")));
    }

    @Test
    void isForEverybodyAndMayBeCached() throws IOException, InterruptedException {
        var first = get();
        assertEquals(200, first.statusCode());
        assertEquals(List.of("application/json"), first.headers().allValues("Content-Type"));
        assertEquals(List.of("public, max-age=300"), first.headers().allValues("Cache-Control"));
        String tag = first.headers().firstValue("ETag").orElseThrow();
        var second = get("If-None-Match", tag);
        assertEquals(304, second.statusCode());
        assertEquals("", second.body());
    }
}
