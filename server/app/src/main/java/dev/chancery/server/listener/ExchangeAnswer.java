// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.server.http.Outgoing;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// The way back through Helidon.
final class ExchangeAnswer implements Outgoing {
    private static final String HEAD = "HEAD";

    private final ServerRequest request;
    private final ServerResponse response;
    private final Connection.Turn turn;
    private final ExchangeBody body;

    ExchangeAnswer(ServerRequest request, ServerResponse response, Connection.Turn turn, ExchangeBody body) {
        this.request = request;
        this.response = response;
        this.turn = turn;
        this.body = body;
    }

    @Override
    public void send(int status, Map<String, String> headers, byte[] content) throws IOException {
        describe(status, headers);
        try {
            if (isHead()) {
                response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, content.length));
                response.send();
            } else if (content.length == 0) {
                response.send();
            } else {
                response.send(content);
            }
        } catch (RuntimeException e) {
            throw new IOException("the answer could not be sent", e);
        }
    }

    @Override
    public OutputStream begin(int status, Map<String, String> headers) throws IOException {
        describe(status, headers);
        try {
            if (isHead() || status == 416) {
                response.send();
                return OutputStream.nullOutputStream();
            }
            return new Content(response.outputStream());
        } catch (RuntimeException e) {
            throw new IOException("the answer could not be sent", e);
        }
    }

    private boolean isHead() {
        return request.prologue().method().text().equals(HEAD);
    }

    private void describe(int status, Map<String, String> headers) {
        response.status(Status.create(status));
        headers.forEach((name, value) -> response.header(HeaderValues.create(HeaderNames.create(name), value)));
        boolean asked = request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        if (body.isHttp1() && (asked || body.isLeftOver())) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }

    /// Counts, and says `IOException` where Helidon has exceptions of its own.
    private final class Content extends FilterOutputStream {
        private Content(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
                turn.moved(length);
            } catch (RuntimeException e) {
                throw new IOException("the answer could not be sent", e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (RuntimeException e) {
                throw new IOException("the answer could not be sent", e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (RuntimeException e) {
                throw new IOException("the answer could not be sent", e);
            }
        }
    }
}
