// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A port of this machine that leads to another one.
final class PortForward implements AutoCloseable {
    private final ServerSocket door;
    private final InetSocketAddress target;

    PortForward(String host, int port, InetSocketAddress target) throws IOException {
        this.door = new ServerSocket(port, 50, InetAddress.getByName(host));
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket one = door.accept();
                Socket other = new Socket(target.getAddress(), target.getPort());
                Thread.ofVirtual().start(() -> carry(one, other));
                Thread.ofVirtual().start(() -> carry(other, one));
            } catch (IOException e) {
                // It was closed, or who came went away again.
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end was closed, and so the other.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
