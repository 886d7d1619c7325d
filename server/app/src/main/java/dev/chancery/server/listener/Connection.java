// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// One connection and the requests that are being handled on it: one with HTTP/1.1, several with HTTP/2.
final class Connection {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000;

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
    ///
    /// It is over when a whole span of the time for requests has gone by in which too little content moved.
    /// So a request without much content has one span, and one with much has as many as it takes, but no
    /// stall of two.
    final class Turn implements AutoCloseable {
        private final AtomicLong moved = new AtomicLong();
        /// The running span and what had moved before it; read and written by the thread that looks.
        private long spanBegin = System.nanoTime();

        private long movedBefore;

        private Turn() {}

        /// Some bytes of content came or went.
        void moved(long bytes) {
            moved.addAndGet(bytes);
        }

        void endConnection() {
            end();
        }

        private boolean isOver(long now) {
            long span = times.request().toNanos();
            if (now - spanBegin <= span) {
                return false;
            }
            long total = moved.get();
            long least = span / NANOS_PER_MILLI * HttpLimits.BYTES_PER_SECOND_MIN / MILLIS_PER_SECOND;
            boolean enough = total - movedBefore >= least;
            spanBegin = now;
            movedBefore = total;
            return !enough;
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
