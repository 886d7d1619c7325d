// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.core.MalformedException;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Headers;
import dev.chancery.server.http.Incoming;
import dev.chancery.server.http.Outgoing;
import dev.chancery.server.http.Peer;
import dev.chancery.server.http.ProblemType;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// One request of HTTP/1.0 (RFC 1945) without content, and its answer; then the connection ends.
///
/// Who asks so is nobody: of his headers those count that are good for a public file, and no certificate of his
/// handshake does. There is no second request and no body, so there is no length that two readers could take for
/// two.
final class OldExchange implements ServerConnection, Outgoing {
    private static final Set<String> COUNTED = Set.of("host", "if-none-match", "x-request-id");
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~]*?)[ \t]*");

    private final OldHttp old;
    private final ConnectionContext context;
    private boolean head;
    private Optional<Connection.Turn> turn = Optional.empty();

    OldExchange(OldHttp old, ConnectionContext context) {
        this.old = old;
        this.context = context;
    }

    @Override
    public void handle(Limit limit) {
        var connection = old.connections()
                .find(context.remotePeer().address(), context.localPeer().address())
                .orElseThrow(() -> new CloseConnectionException("The connection was closed"));
        try {
            Incoming incoming = incoming();
            try (var running = connection.begin()) {
                turn = Optional.of(running);
                old.front().serve(incoming, this);
            }
        } catch (MalformedException e) {
            refuse(e.sentence());
        } catch (IOException | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("The connection is of no more use", e);
        }
    }

    private void refuse(String sentence) {
        Answer answer = old.front().refusal(ProblemType.MALFORMED, sentence);
        if (answer.content() instanceof Answer.Content.Whole whole) {
            send(answer.status(), answer.headers(), whole.bytes().toArray());
        }
    }

    /// The selector has seen the line.
    private Incoming incoming() {
        String[] words = line(HttpLimits.REQUEST_LINE_BYTES_MAX).split(" ", -1);
        head = words[0].equals("HEAD");
        int question = words[1].indexOf('?');
        String path = question < 0 ? words[1] : words[1].substring(0, question);
        String query = question < 0 ? "" : words[1].substring(question + 1);
        var peer = new Peer((InetSocketAddress) context.remotePeer().address(), context.isSecure(), List.of());
        return new Incoming(new Incoming.Line(words[0], path, query), headers(), peer, new Nothing());
    }

    private Headers headers() {
        Map<String, List<String>> fields = new HashMap<>();
        int left = old.limits().headerBytesMax();
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            left -= line.length() + 2;
            var field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new MalformedException("a header of the request is not \"name: value\" in one line");
            }
            String name = field.group(1).toLowerCase(java.util.Locale.ROOT);
            if (FRAMING.contains(name) && !field.group(2).equals("0")) {
                throw new MalformedException("a request of HTTP/1.0 has no content here");
            }
            if (COUNTED.contains(name)) {
                fields.computeIfAbsent(name, none -> new java.util.ArrayList<>())
                        .add(field.group(2));
            }
        }
        return new Headers(fields);
    }

    /// A line without its end.
    private String line(int bytesMax) {
        DataReader reader = context.dataReader();
        try {
            int length = reader.findNewLine(Math.max(1, bytesMax));
            if (length >= bytesMax) {
                throw new MalformedException("the request's line or its headers are longer than this server takes");
            }
            String line = reader.readAsciiString(length);
            reader.skip(2);
            return line;
        } catch (DataReader.IncorrectNewLineException e) {
            throw new MalformedException("a line of the request does not end with CR LF", e);
        }
    }

    private static final class Nothing implements Incoming.Body {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(0);
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }

    @Override
    public void send(int status, Map<String, String> headers, byte[] content) {
        var all = new HashMap<>(headers);
        if (status != 304 && status != 204) {
            all.put("Content-Length", Integer.toString(content.length));
        }
        write(written(status, all));
        if (!head && content.length > 0) {
            write(content);
        }
    }

    /// Without a length it ends where the connection does.
    @Override
    public OutputStream begin(int status, Map<String, String> headers) {
        write(written(status, headers));
        return head || status == 416 ? OutputStream.nullOutputStream() : new Content();
    }

    private static byte[] written(int status, Map<String, String> headers) {
        var text = new StringBuilder("HTTP/1.0 %d %s\r\n".formatted(status, status < 400 ? "OK" : "Error"));
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void write(byte[] bytes) {
        turn.ifPresent(running -> running.moved(bytes.length));
        context.dataWriter().writeNow(BufferData.create(bytes));
    }

    private final class Content extends OutputStream {
        @Override
        public void write(int octet) {
            OldExchange.this.write(new byte[] {(byte) octet});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            OldExchange.this.write(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    /// It ends with its answer, and what stalls is ended by who watches all connections.
    @Override
    public void close(boolean interrupt) {
        context.serverSocket().close();
    }
}
