// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A connected socket. A blocking channel knows no time limit, so it is a non-blocking one with a selector of
/// its own.
final class Wire implements ByteStream {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private Wire(SocketChannel channel, Selector selector, SelectionKey key) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    static Wire connect(SocketAddress address, Deadline deadline) throws IOException {
        var wire = open(address instanceof UnixDomainSocketAddress);
        try {
            boolean connected = wire.channel.connect(address);
            while (!connected) {
                wire.await(SelectionKey.OP_CONNECT, deadline);
                connected = wire.channel.finishConnect();
            }
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private static Wire open(boolean unix) throws IOException {
        // Without a family it takes addresses of both versions.
        var channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (!unix) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            var selector = Selector.open();
            return new Wire(channel, selector, channel.register(selector, 0));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int read(ByteBuffer into, Deadline deadline) throws IOException {
        int read = channel.read(into);
        while (read == 0) {
            await(SelectionKey.OP_READ, deadline);
            read = channel.read(into);
        }
        return read;
    }

    @Override
    public void write(ByteBuffer from, Deadline deadline) throws IOException {
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    private void await(int operation, Deadline deadline) throws IOException {
        key.interestOps(operation);
        selector.select(deadline.millis());
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the waiting thread was interrupted");
        }
    }

    @Override
    public boolean isStale() {
        try {
            return readNow(ByteBuffer.allocate(1)) != 0;
        } catch (IOException broken) {
            return true;
        }
    }

    /// What is there without waiting: 0 when nothing is.
    int readNow(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    /// Throws `EOFException` where [#read] says -1.
    void readSome(ByteBuffer into, Deadline deadline) throws IOException {
        if (read(into, deadline) < 0) {
            throw new EOFException("the other side closed the connection");
        }
    }

    @Override
    public void close() throws IOException {
        try (selector;
                channel) {
            key.cancel();
        }
    }
}
