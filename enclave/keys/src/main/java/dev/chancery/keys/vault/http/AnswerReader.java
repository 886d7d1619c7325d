// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import dev.chancery.core.Quoted;
import dev.chancery.keys.handle.SecretBytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads one answer, in the order of RFC 9112. For one thread, and for one connection's life: what was read
/// too much would belong to the next answer, and there is none before the next request, so it is an error.
///
/// Throws `ProtocolException` for what is not such an answer and `EOFException` when the connection ends in it.
final class AnswerReader {
    /// Bytes of the status line and the fields.
    static final int HEAD_BYTES_MAX = 1 << 14;
    /// Fields of one answer.
    static final int FIELDS_MAX = 100;
    /// Bytes of a body, put together from its chunks.
    static final int BODY_BYTES_MAX = 1 << 20;

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) [\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern FIELD = Pattern.compile(
            "([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x21-\\x7e\\x80-\\xff][\\t\\x20-\\x7e\\x80-\\xff]*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CHUNK = Pattern.compile("[0-9A-Fa-f]{1,7}");

    private final ByteStream stream;
    private final Deadline deadline;
    /// Holds what is still to be read.
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).flip();

    private int headBytes;

    AnswerReader(ByteStream stream, Deadline deadline) {
        this.stream = stream;
        this.deadline = deadline;
    }

    /// Throws `EOFException` when the other side closes before it says anything.
    HttpAnswer read() throws IOException {
        // Section 4.
        String line = line();
        var statusLine = STATUS_LINE.matcher(line);
        if (!statusLine.matches()) {
            throw nonsense("status line", line);
        }
        int status = Integer.parseInt(statusLine.group(1));
        if (status < 200) {
            throw nonsense("status", statusLine.group(1));
        }
        // Section 5.
        var fields = fields();
        byte[] body = body(status, fields);
        boolean keeps = !"close".equalsIgnoreCase(fields.get("connection")) && !buffer.hasRemaining();
        Arrays.fill(buffer.array(), (byte) 0);
        return new HttpAnswer(status, SecretBytes.owning(body), retryAfter(fields), keeps);
    }

    private Map<String, String> fields() throws IOException {
        var fields = new HashMap<String, String>();
        int count = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            var field = FIELD.matcher(line);
            if (!field.matches() || ++count > FIELDS_MAX) {
                throw nonsense("header field", line);
            }
            String name = field.group(1).toLowerCase(Locale.ROOT);
            String value = field.group(2) == null ? "" : field.group(2).stripTrailing();
            String before = fields.putIfAbsent(name, value);
            if (before != null && (name.equals("content-length") || name.equals("transfer-encoding"))) {
                throw nonsense("second length", line);
            }
        }
        return fields;
    }

    /// Section 6.3, in its order.
    private byte[] body(int status, Map<String, String> fields) throws IOException {
        String coding = fields.get("transfer-encoding");
        String length = fields.get("content-length");
        if (coding != null) {
            if (length != null || !coding.equalsIgnoreCase("chunked")) {
                throw nonsense("transfer coding", coding);
            }
            return chunks();
        }
        if (length != null) {
            if (!LENGTH.matcher(length).matches()) {
                throw nonsense("length", length);
            }
            return bytes(new byte[0], Integer.parseInt(length));
        }
        if (status == 204) {
            return new byte[0];
        }
        throw new ProtocolException("the answer has no length");
    }

    /// Section 7.1, without extensions and trailers.
    private byte[] chunks() throws IOException {
        byte[] body = new byte[0];
        while (true) {
            String size = line();
            if (!CHUNK.matcher(size).matches()) {
                throw nonsense("chunk size", size);
            }
            int length = Integer.parseInt(size, 16);
            body = bytes(body, length);
            String end = line();
            if (!end.isEmpty()) {
                throw nonsense("end of a chunk", end);
            }
            if (length == 0) {
                return body;
            }
        }
    }

    /// So many bytes more.
    private byte[] bytes(byte[] before, int length) throws IOException {
        if (length > BODY_BYTES_MAX - before.length) {
            throw new ProtocolException("the answer has more than %d bytes".formatted(BODY_BYTES_MAX));
        }
        byte[] all = Arrays.copyOf(before, before.length + length);
        Arrays.fill(before, (byte) 0);
        for (int at = before.length; at < all.length; ) {
            fill();
            int some = Math.min(all.length - at, buffer.remaining());
            buffer.get(all, at, some);
            at += some;
        }
        return all;
    }

    /// Without its end, which is a carriage return and a line feed; as many characters as bytes. The lines
    /// between chunks count as well: nobody sends a body of a thousand chunks of one byte.
    private String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            fill();
            char c = (char) (buffer.get() & 0xff);
            if (++headBytes > HEAD_BYTES_MAX) {
                throw new ProtocolException("the answer's head has more than %d bytes".formatted(HEAD_BYTES_MAX));
            }
            if (c == '\n') {
                int end = line.length() - 1;
                if (end < 0 || line.charAt(end) != '\r') {
                    throw nonsense("line end", line);
                }
                return line.substring(0, end);
            }
            line.append(c);
        }
    }

    private void fill() throws IOException {
        if (buffer.hasRemaining()) {
            return;
        }
        buffer.clear();
        int read = -1;
        try {
            read = stream.read(buffer, deadline);
        } finally {
            buffer.flip();
        }
        if (read < 0) {
            throw new EOFException("the other side closed the connection");
        }
    }

    /// Whether the other side has said anything: an answer began then, and the request may have been done.
    boolean hasBegun() {
        return headBytes > 0;
    }

    private static OptionalInt retryAfter(Map<String, String> fields) {
        String value = fields.getOrDefault("retry-after", "");
        boolean seconds = value.length() < 5 && LENGTH.matcher(value).matches();
        return seconds ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
    }

    private static ProtocolException nonsense(String what, CharSequence text) {
        return new ProtocolException(
                "it is not HTTP/1.1 as read here, with the %s %s".formatted(what, Quoted.text(text)));
    }
}
