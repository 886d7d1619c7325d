// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// One connection and the requests that are being handled on it: one with HTTP/1.1, several with HTTP/2.
final class Connection {
    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final SocketChannel channel;
    private final HttpLimits.Times times;
    private final Set<Turn> turns = ConcurrentHashMap.newKeySet();
    /// When it is over if no request begins before; set by who accepts and by who ends a request.
    private volatile long quietUntil;

    Connection(SocketChannel channel, HttpLimits.Times times, long nowNanos) {
        this.channel = channel;
        this.times = times;
        this.quietUntil = nowNanos + times.header().toNanos();
    }

    /// From a request's headers to the end of its answer.
    final class Turn implements AutoCloseable {
        private final long begin = System.nanoTime();
        private final AtomicLong moved = new AtomicLong();

        private Turn() {}

        /// Some bytes of content came or went.
        void moved(long bytes) {
            moved.addAndGet(bytes);
        }

        private boolean isOver(long now) {
            long forContent = moved.get() / HttpLimits.BYTES_PER_SECOND_MIN * NANOS_PER_SECOND;
            return now - begin > times.request().toNanos() + forContent;
        }

        @Override
        public void close() {
            quietUntil = System.nanoTime() + times.idle().toNanos();
            turns.remove(this);
        }
    }

    Turn begin() {
        var turn = new Turn();
        turns.add(turn);
        return turn;
    }

    boolean busy() {
        return !turns.isEmpty();
    }

    /// Whether it is closed, now or since.
    boolean closeWhenOver(long now) {
        boolean over = turns.isEmpty() ? now - quietUntil > 0 : turns.stream().anyMatch(turn -> turn.isOver(now));
        if (over) {
            end();
        }
        return !channel.isOpen();
    }

    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed, with or without a farewell.
        }
    }
}
