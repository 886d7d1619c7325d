// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Every open connection and how long it may stay, whatever state the library below is in: in a handshake of
/// TLS, in a half-sent header, in a body that comes byte by byte. One thread looks at all of them and closes
/// the channels of those whose time is over, which ends whatever waits for them.
final class Connections implements AutoCloseable {
    /// Between two looks.
    private static final Duration LOOK = Duration.ofMillis(100);

    /// The two ends of a connection.
    record Ends(SocketAddress remote, SocketAddress local) {}

    private final HttpLimits.Times times;
    private final Map<Ends, Connection> open = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    Connections(HttpLimits.Times times) {
        this.times = times;
        this.thread = Thread.ofVirtual().name("http connections").unstarted(this::look);
    }

    void start() {
        thread.start();
    }

    void accepted(SocketChannel channel) throws IOException {
        var ends = new Ends(channel.getRemoteAddress(), channel.getLocalAddress());
        open.put(ends, new Connection(channel, times, System.nanoTime()));
    }

    /// The connection of a request; empty when it was closed meanwhile.
    Optional<Connection> find(SocketAddress remote, SocketAddress local) {
        return Optional.ofNullable(open.get(new Ends(remote, local)));
    }

    /// How many there are.
    int size() {
        return open.size();
    }

    /// Whether some request is being handled.
    boolean busy() {
        return open.values().stream().anyMatch(Connection::busy);
    }

    private void look() {
        while (!closed.get()) {
            long now = System.nanoTime();
            // An entry can have been replaced by a new connection of the same two ends, so both are compared.
            open.forEach((ends, connection) -> {
                if (connection.closeWhenOver(now)) {
                    open.remove(ends, connection);
                }
            });
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed.set(true);
        thread.interrupt();
        open.values().forEach(Connection::end);
    }
}
