// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.json.JsonObject;
import dev.chancery.server.http.Front;
import java.time.Duration;

/// What a listener lets its clients take. Every field may be left out of a configuration.
///
/// @param connectionsMax connections at once; more wait in the kernel until one ends. Keep it below the limit of open
/// files of the process
/// @param requestsMax requests that are handled at once; above it the answer is 503
/// @param headerBytesMax bytes of all header fields of a request
/// @param times how long things may take
public record HttpLimits(int connectionsMax, int requestsMax, int headerBytesMax, Times times) {
    /// Connections at once: each costs some 50 KiB with TLS.
    public static final int CONNECTIONS_MAX = 2_000;
    /// Bytes of a request's line: longer than any path and query that are taken.
    public static final int REQUEST_LINE_BYTES_MAX = 8_192;
    /// Bytes of headers: a token of an identity provider with many claims has 4 KiB.
    public static final int HEADER_BYTES_MAX = 16_384;
    /// Bytes a second that a sender or reader of content has to move on average, once a request's own time is
    /// used up: a modem's speed. Half a gigabyte from a slow place still comes through, a byte a second does
    /// not.
    public static final int BYTES_PER_SECOND_MIN = 4_096;
    /// Streams of one HTTP/2 connection at once.
    public static final int STREAMS_MAX = 128;
    /// Bytes that a sender on HTTP/2 may send ahead of who reads them, for each stream.
    public static final int STREAM_WINDOW_BYTES = 1 << 18;

    /// How long a client may take.
    ///
    /// @param header from a connection's beginning to the end of its first request's headers, TLS included
    /// @param idle from an answer to the end of the next request's headers
    /// @param request for one request, and once more for each such span in which its content moved at
    /// [HttpLimits#BYTES_PER_SECOND_MIN]
    /// @param stop for what runs when the server stops
    public record Times(Duration header, Duration idle, Duration request, Duration stop) {
        static final Times USUAL = new Times(
                Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(20));

        private static final int SECONDS_MAX = 3_600;

        static Times read(JsonObject object) {
            return new Times(
                    seconds(object, "header_seconds", USUAL.header),
                    seconds(object, "idle_seconds", USUAL.idle),
                    seconds(object, "request_seconds", USUAL.request),
                    seconds(object, "stop_seconds", USUAL.stop));
        }

        private static Duration seconds(JsonObject object, String name, Duration usual) {
            return object.optional(name)
                    .map(value -> Duration.ofSeconds(value.integer(1, SECONDS_MAX)))
                    .orElse(usual);
        }
    }

    public static final HttpLimits USUAL =
            new HttpLimits(CONNECTIONS_MAX, Front.CONCURRENT_REQUESTS_MAX, HEADER_BYTES_MAX, Times.USUAL);

    static HttpLimits read(JsonObject object) {
        return new HttpLimits(
                number(object, "connections_max", USUAL.connectionsMax, 100_000),
                number(object, "requests_max", USUAL.requestsMax, 100_000),
                number(object, "header_bytes_max", USUAL.headerBytesMax, 1 << 20),
                Times.read(object));
    }

    private static int number(JsonObject object, String name, int usual, int most) {
        return object.optional(name)
                .map(value -> Math.toIntExact(value.integer(1, most)))
                .orElse(usual);
    }
}
