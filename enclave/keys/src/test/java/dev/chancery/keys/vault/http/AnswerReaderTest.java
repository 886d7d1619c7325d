// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    /// Gives three bytes at a time, so that everything is cut somewhere.
    private record Script(ByteBuffer bytes) implements ByteStream {
        @Override
        public int read(ByteBuffer into, Deadline deadline) {
            int length = Math.min(3, bytes.remaining());
            for (int i = 0; i < length; i++) {
                into.put(bytes.get());
            }
            return length == 0 ? -1 : length;
        }

        @Override
        public void write(ByteBuffer from, Deadline deadline) {
            from.position(from.limit());
        }

        @Override
        public boolean isStale() {
            return false;
        }

        @Override
        public void close() {}
    }

    static HttpAnswer read(byte[] bytes) throws IOException {
        return new AnswerReader(new Script(ByteBuffer.wrap(bytes)), Deadline.in(Duration.ofMinutes(1))).read();
    }

    private static HttpAnswer read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String body(HttpAnswer answer) {
        return new String(answer.body().exposed(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void threeWaysToEndABody() throws IOException {
        assertEquals("{\"a\":1}", body(read(OK + "Content-Length: 7\r\n\r\n{\"a\":1}")));
        assertEquals(
                "{\"a\":1}",
                body(read(OK + "transfer-encoding: Chunked\r\n\r\n3\r\n{\"a\r\n04\r\n\":1}\r\n0\r\n\r\n")));
        assertEquals("", body(read("HTTP/1.1 204 No Content\r\n\r\n")));
    }

    @Test
    void whatTheFieldsSay() throws IOException {
        var waiting = read("HTTP/1.1 429 \r\nRetry-After: 7\r\nConnection: close\r\ncontent-length:0\r\nX:\r\n\r\n");
        assertEquals(429, waiting.status());
        assertEquals(7, waiting.retryAfter().orElseThrow());
        assertFalse(waiting.keeps());
        assertTrue(read(OK + "Content-Length: 0\r\nRetry-After: Fri, 31 Dec\r\n\r\n")
                .keeps());
    }

    /// More than one answer to one request: nobody knows to what the second belongs.
    @Test
    void whatFollowsTheAnswerEndsTheConnection() throws IOException {
        assertFalse(read(OK + "Content-Length:1\r\n\r\nabc").keeps());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                OK + "\r\n",
                OK + "Content-Length: 1\n\r\na",
                OK + "Content-Length: +1\r\n\r\na",
                OK + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
                OK + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
                OK + "Content-Length : 1\r\n\r\na",
                OK + "Content-Length: 1\r\n folded\r\n\r\na",
                OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n1;x=y\r\na\r\n0\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n",
                OK + "Content-Length: 1048577\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n100001\r\n",
            })
    void nonsense(String text) {
        assertThrows(ProtocolException.class, () -> read(text));
    }

    @Test
    void anAnswerThatIsCutOffIsNone() {
        String whole = OK + "Content-Length: 7\r\n\r\n{\"a\":1}";
        for (int length = 0; length < whole.length(); length++) {
            String part = whole.substring(0, length);
            assertThrows(EOFException.class, () -> read(part), part);
        }
    }

    @Test
    void bothSidesOfEachLimit() throws IOException {
        String most = "a".repeat(AnswerReader.BODY_BYTES_MAX);
        assertEquals(most, body(read(OK + "Content-Length: 1048576\r\n\r\n" + most)));
        String fields = "A: b\r\n".repeat(AnswerReader.FIELDS_MAX - 1);
        read(OK + fields + "Content-Length: 0\r\n\r\n");
        assertThrows(ProtocolException.class, () -> read(OK + "A: b\r\n" + fields + "Content-Length: 0\r\n\r\n"));
        String rest = OK + "X: \r\nContent-Length: 0\r\n\r\n";
        String filling = "x".repeat(AnswerReader.HEAD_BYTES_MAX - rest.length());
        read(rest.replace("X: ", "X: " + filling));
        assertThrows(ProtocolException.class, () -> read(rest.replace("X: ", "X: x" + filling)));
    }
}
