// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/// Ports of this machine that somebody else's server is to listen at.
final class Ports {
    /// Tenths of a second.
    private static final int PATIENCE = 100;

    private Ports() {}

    static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Until somebody answers there.
    ///
    /// @param output what the process said, for when it ends
    static void await(Process process, int port, Path output) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE && process.isAlive(); i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new IOException("the server does not start: " + Files.readString(output));
    }
}
