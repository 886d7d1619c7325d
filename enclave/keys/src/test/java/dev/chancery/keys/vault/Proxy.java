// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// Stands between the provider and Vault, on a port of its own, and does to the bytes what a test wants.
final class Proxy implements AutoCloseable {
    private final ServerSocketChannel listening;
    private final Path vault;

    volatile UnaryOperator<String> requests = UnaryOperator.identity();
    volatile UnaryOperator<String> answers = UnaryOperator.identity();
    volatile Duration delay = Duration.ZERO;

    private Proxy(ServerSocketChannel listening, Path vault) {
        this.listening = listening;
        this.vault = vault;
    }

    static Proxy to(VaultAddress vault) throws IOException {
        var listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var proxy = new Proxy(listening, ((VaultAddress.Unix) vault).socket());
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    VaultAddress address() throws IOException {
        return new VaultAddress.Loopback("127.0.0.1", ((InetSocketAddress) listening.getLocalAddress()).getPort());
    }

    private void accept() {
        try {
            while (true) {
                var here = listening.accept();
                var there = SocketChannel.open(StandardProtocolFamily.UNIX);
                there.connect(UnixDomainSocketAddress.of(vault));
                Thread.ofVirtual().start(() -> pump(here, there, true));
                Thread.ofVirtual().start(() -> pump(there, here, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void pump(SocketChannel from, SocketChannel to, boolean asking) {
        try (from;
                to) {
            var buffer = ByteBuffer.allocate(1 << 16);
            while (from.read(buffer) >= 0) {
                String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
                buffer.clear();
                if (!asking) {
                    Thread.sleep(delay);
                }
                String changed = (asking ? requests : answers).apply(text);
                to.write(ByteBuffer.wrap(changed.getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException | InterruptedException closed) {
            // By one side or the other.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
