// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileAnswerTest {
    @TempDir
    Path folder;

    private TestExchange exchange;

    @BeforeEach
    void aFileOfTenBytes() throws IOException {
        Files.writeString(folder.resolve("ten"), "0123456789");
        Files.writeString(folder.resolve("empty"), "");
        exchange = new TestExchange(Route.of(
                Method.GET,
                "/{file}",
                "file",
                request -> Answer.file(Media.BYTES, folder.resolve(request.path("file")))
                        .etag("tile")
                        .cachedForEver()));
    }

    @Test
    void aFileIsSentWhole() throws Exception {
        var sent = exchange.ask("GET /ten");
        assertEquals("0123456789", sent.body());
        assertEquals("10", sent.header("Content-Length"));
        assertEquals("bytes", sent.header("Accept-Ranges"));
        assertEquals("public, max-age=31536000, immutable", sent.header("Cache-Control"));
        assertEquals("", exchange.ask("HEAD /ten").body());
        assertEquals("10", exchange.ask("HEAD /ten").header("Content-Length"));
        assertEquals(200, exchange.ask("GET /empty").status());
        assertEquals(304, exchange.ask("GET /ten", "If-None-Match: \"tile\"").status());
    }

    @Test
    void aFileThatIsNotThereIs404() throws Exception {
        var sent = exchange.ask("GET /other");
        assertEquals(404, sent.status());
        assertEquals("no-store", sent.header("Cache-Control"));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 206, 0, bytes 0-0/10",
        "bytes=2-4, 206, 234, bytes 2-4/10",
        "bytes=8-, 206, 89, bytes 8-9/10",
        "bytes=8-99, 206, 89, bytes 8-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=-99, 206, 0123456789, bytes 0-9/10",
        "bytes=10-, 416, '', bytes */10",
        "bytes=-0, 416, '', bytes */10",
        "bytes=4-2, 200, 0123456789, none",
        "bytes=-, 200, 0123456789, none",
        "'bytes=0-1,3-4', 200, 0123456789, none",
        "lines=1-2, 200, 0123456789, none",
        "bytes=99999999999999999999-, 200, 0123456789, none",
    })
    void oneRangeCanBeAskedFor(String range, int status, String body, String said) throws Exception {
        var sent = exchange.ask("GET /ten", "Range: " + range);
        assertEquals(status, sent.status());
        assertEquals(body, sent.body());
        assertEquals(said, sent.header("Content-Range"));
        assertEquals("" + body.length(), sent.header("Content-Length"));
    }

    @Test
    void aRangeOnAConditionIsTheWhole() throws Exception {
        assertEquals(
                200,
                exchange.ask("GET /ten", "Range: bytes=0-0", "If-Range: \"tile\"")
                        .status());
        assertEquals(416, exchange.ask("GET /empty", "Range: bytes=0-0").status());
    }
}
