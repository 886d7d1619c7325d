// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.server.http.Incoming;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A request's body, and what is done with the part that nobody wanted.
///
/// An answer that is sent while its request still comes would be lost with the connection, because closing a
/// socket with unread bytes resets it (RFC 9112, section 9.6). So a little is read and thrown away.
final class ExchangeBody implements Incoming.Body {
    /// Bytes that are thrown away so that the connection can be used again, or the answer is read.
    static final long DISCARDED_BYTES_MAX = 1 << 20;
    /// Bytes of a stream of HTTP/2 that are thrown away before the whole connection is closed: by then its
    /// sender has seen the answer, and would have stopped.
    static final long STREAM_DISCARDED_BYTES_MAX = 1 << 24;

    private final ServerRequest request;
    private final Connection.Turn turn;
    private final boolean waits;
    /// Helidon gives it once.
    private @Nullable Content content;
    private boolean ended;
    private boolean failed;
    private long taken;

    ExchangeBody(ServerRequest request, Connection.Turn turn) {
        this.request = request;
        this.turn = turn;
        this.waits = request.headers().containsToken(HeaderValues.EXPECT_100);
        this.ended = !request.content().hasEntity();
    }

    @Override
    public OptionalLong length() {
        if (!request.content().hasEntity()) {
            return OptionalLong.of(0);
        }
        return request.headers().contentLength();
    }

    @Override
    public InputStream open() {
        return ended ? InputStream.nullInputStream() : content();
    }

    private Content content() {
        Content open = content == null ? new Content(request.content().inputStream()) : content;
        content = open;
        return open;
    }

    /// Whether the connection has to be closed behind the answer, because more is coming than is worth reading.
    boolean isLeftOver() {
        boolean little = length().isPresent() && length().getAsLong() - taken <= DISCARDED_BYTES_MAX && !isWaiting();
        return !ended && !(little && !failed);
    }

    /// Whether the sender still waits to be told to send.
    private boolean isWaiting() {
        return waits && content == null;
    }

    /// Reads on behind an answer, so that its reader gets it. Whether the connection may go on: with HTTP/2
    /// Helidon would read the rest, however much it is.
    boolean linger() {
        boolean gone = ended || failed;
        if (!gone && isHttp1()) {
            return !isLeftOver() || isWaiting() || discard(DISCARDED_BYTES_MAX);
        }
        return gone || discard(STREAM_DISCARDED_BYTES_MAX);
    }

    /// Whether that was all.
    private boolean discard(long bytesMax) {
        try {
            content().skipNBytes(bytesMax);
            return ended;
        } catch (EOFException e) {
            return true;
        } catch (IOException e) {
            // He is gone, or has reset his stream: nobody waits for the answer any more.
            return true;
        }
    }

    boolean isHttp1() {
        return request.prologue().protocolVersion().startsWith("1");
    }

    /// Counts, and says `IOException` where Helidon has exceptions of its own.
    private final class Content extends FilterInputStream {
        private Content(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int read = in.read(into, offset, length);
                if (read < 0) {
                    ended = true;
                } else {
                    taken += read;
                    turn.moved(read);
                }
                return read;
            } catch (RuntimeException e) {
                failed = true;
                throw new IOException("the content did not arrive", e);
            }
        }

        @Override
        public void skipNBytes(long bytes) throws IOException {
            byte[] piece = new byte[1 << 14];
            long left = bytes;
            while (left > 0) {
                int read = read(piece, 0, (int) Math.min(piece.length, left));
                if (read < 0) {
                    throw new EOFException("the content has ended");
                }
                left -= read;
            }
        }

        @Override
        public void close() {
            // The rest is dealt with behind the answer.
        }
    }
}
