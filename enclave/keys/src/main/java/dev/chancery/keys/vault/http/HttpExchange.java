// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Requests to one server, and its answers. May be used by several threads at once.
public final class HttpExchange implements AutoCloseable {
    /// At once: more than Vault computes at once on a machine of its own.
    static final int CONNECTIONS_MAX = 32;
    /// Unused connections that are kept.
    static final int KEPT_MAX = 16;
    /// Of an unused connection: less than anybody's time-out, so that most of them are still there.
    static final Duration KEPT_FOR = Duration.ofSeconds(30);

    private record Kept(ByteStream stream, Deadline until) {}

    private final Route route;
    private final Connector connector;
    private final Semaphore places = new Semaphore(CONNECTIONS_MAX);
    /// The one that was used last comes first. Of who holds its lock, as is `closed`.
    private final Deque<Kept> kept = new ArrayDeque<>();

    private boolean closed;

    /// Opens nothing yet.
    public HttpExchange(Route route) {
        this.route = route;
        this.connector = new Connector(route);
    }

    /// Sends a request and gives its answer, whatever the status. The answer has to be there within `time`.
    ///
    /// Throws `SocketTimeoutException` when it is not, `SSLException` when the server is not who it should
    /// be, `ProtocolException` when the answer is none, and other `IOException`s when the connection is not
    /// to be had.
    public HttpAnswer send(HttpRequest request, Duration time) throws IOException {
        var deadline = Deadline.in(time);
        enter(deadline);
        try {
            var stream = request.repeatable() ? unused() : null;
            if (stream != null) {
                var answer = overKept(stream, request, deadline);
                if (answer != null) {
                    return answer;
                }
            }
            var fresh = connector.connect(deadline);
            return over(fresh, request, new AnswerReader(fresh, deadline), deadline);
        } finally {
            places.release();
        }
    }

    private void enter(Deadline deadline) throws IOException {
        try {
            if (!places.tryAcquire(deadline.millis(), TimeUnit.MILLISECONDS)) {
                throw new SocketTimeoutException(
                        "all %d connections were busy for the whole time".formatted(CONNECTIONS_MAX));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the waiting thread was interrupted");
        }
    }

    /// Null when the connection turns out to have been closed; then the others may be, too.
    private @Nullable HttpAnswer overKept(ByteStream stream, HttpRequest request, Deadline deadline)
            throws IOException {
        var reader = new AnswerReader(stream, deadline);
        try {
            return over(stream, request, reader, deadline);
        } catch (EOFException | SocketException e) {
            if (reader.hasBegun()) {
                throw e;
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A broken pipe has no class of its own.
            if (reader.hasBegun() || e.getClass() != IOException.class) {
                throw e;
            }
        }
        forget();
        return null;
    }

    private HttpAnswer over(ByteStream stream, HttpRequest request, AnswerReader reader, Deadline deadline)
            throws IOException {
        boolean keeps = false;
        byte[] bytes = request.toBytes(route.authority());
        try {
            stream.write(ByteBuffer.wrap(bytes), deadline);
            var answer = reader.read();
            keeps = answer.keeps();
            return answer;
        } finally {
            Arrays.fill(bytes, (byte) 0);
            if (!keeps || !keep(stream)) {
                closeQuietly(stream);
            }
        }
    }

    private @Nullable ByteStream unused() {
        while (true) {
            Kept one;
            synchronized (kept) {
                one = kept.pollFirst();
            }
            if (one == null) {
                return null;
            }
            if (one.until().isAhead() && !one.stream().isStale()) {
                return one.stream();
            }
            closeQuietly(one.stream());
        }
    }

    private boolean keep(ByteStream stream) {
        synchronized (kept) {
            if (closed || kept.size() >= KEPT_MAX) {
                return false;
            }
            kept.addFirst(new Kept(stream, Deadline.in(KEPT_FOR)));
            return true;
        }
    }

    private void forget() {
        synchronized (kept) {
            kept.forEach(one -> closeQuietly(one.stream()));
            kept.clear();
        }
    }

    private static void closeQuietly(ByteStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // It is closed as far as we are concerned.
        }
    }

    /// Closes the kept connections, and those that are in use after their answer.
    @Override
    public void close() {
        synchronized (kept) {
            closed = true;
        }
        forget();
    }

    /// `text` in the bytes of a field's value.
    public static byte[] value(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
