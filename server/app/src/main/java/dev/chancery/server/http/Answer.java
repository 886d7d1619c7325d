// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is sent back. Values that are made once and can be sent to many.
public record Answer(int status, Map<String, String> headers, Content content) {
    /// Days that what never changes may lie in a cache: a year, as caches read it (RFC 9111, section 1.2.2).
    private static final Duration FOR_EVER = Duration.ofDays(365);

    /// The body.
    public sealed interface Content {
        /// Nothing.
        record Nothing() implements Content {}

        /// Bytes that are there.
        record Whole(Bytes bytes) implements Content {}

        /// A file, opened when the answer is sent: if it is not there, the answer is 404. A part of it can be
        /// asked for (RFC 9110, section 14).
        record Stored(Path file) implements Content {}

        /// What is written while it is sent, of a length that nobody knows.
        record Written(Writer writer) implements Content {}
    }

    /// Writes a body piece by piece. Called once, and not for `HEAD`. What it throws tears the connection
    /// down, so that nobody takes half an answer for a whole one.
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    public Answer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not a final one");
        }
        headers = new LinkedHashMap<>(headers);
        headers.forEach(Answer::checkHeader);
    }

    private static void checkHeader(String name, String value) {
        boolean wellFormed = !name.isEmpty()
                && name.chars().allMatch(c -> c == '-' || (c < 0x80 && Character.isLetterOrDigit(c)))
                && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (!wellFormed) {
            throw new IllegalArgumentException("header " + name + " is not printable ASCII");
        }
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new Content.Nothing());
    }

    /// One line of JSON and a line feed.
    public static Answer json(int status, Json json) {
        return bytes(status, Media.JSON, Bytes.of((json.line() + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    public static Answer text(int status, String text) {
        return bytes(status, Media.TEXT, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Answer bytes(int status, String type, Bytes bytes) {
        return new Answer(status, Map.of("Content-Type", type), new Content.Whole(bytes));
    }

    public static Answer file(String type, Path file) {
        return new Answer(200, Map.of("Content-Type", type), new Content.Stored(file));
    }

    public static Answer written(int status, String type, Writer writer) {
        return new Answer(status, Map.of("Content-Type", type), new Content.Written(writer));
    }

    /// The same, with a header more, or another value for it.
    public Answer with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, content);
    }

    /// The same, of which a part can be asked for (RFC 9110, section 14). Of a stored file it can anyhow.
    public Answer ranged() {
        return with("Accept-Ranges", "bytes");
    }

    /// The same, with a strong entity tag (RFC 9110, section 8.8.3), given without its quotes. Who asks
    /// `If-None-Match` with it gets 304.
    public Answer etag(String tag) {
        return with("ETag", "\"" + tag + "\"");
    }

    /// The same, for every cache on the way; without this, none keeps it.
    public Answer cached(Duration maxAge) {
        return with("Cache-Control", "public, max-age=" + maxAge.toSeconds());
    }

    /// The same, for every cache on the way, and never asked for again: what is under this path never changes.
    public Answer cachedForEver() {
        return with("Cache-Control", "public, max-age=" + FOR_EVER.toSeconds() + ", immutable");
    }
}
