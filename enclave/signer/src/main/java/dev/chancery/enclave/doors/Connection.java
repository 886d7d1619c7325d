// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/// A connection whose silence is measured, so that somebody else can end it. One thread reads, another may
/// write.
final class Connection implements ByteChannel {
    private final SocketChannel channel;
    private final Silence ofSender = new Silence();
    private final Silence ofReceiver = new Silence();

    /// How long the other side has owed us something: octets, or room for ours.
    private static final class Silence {
        private volatile boolean counts;
        private volatile long since;

        void count(boolean now) {
            since = System.nanoTime();
            counts = now;
        }

        void end() {
            since = System.nanoTime();
        }

        boolean isLongerThan(long seconds) {
            return counts && System.nanoTime() - since > TimeUnit.SECONDS.toNanos(seconds);
        }
    }

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    /// Whether the other side is in the middle of saying something. Between two questions it is not.
    void expectMore(boolean now) {
        ofSender.count(now);
    }

    boolean isSilentFor(long seconds) {
        return ofSender.isLongerThan(seconds) || ofReceiver.isLongerThan(seconds);
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int read = channel.read(buffer);
        ofSender.end();
        return read;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        ofReceiver.count(true);
        try {
            return channel.write(buffer);
        } finally {
            ofReceiver.count(false);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
