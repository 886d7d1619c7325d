// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.raw;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;

/// A library that asks the network.
final class Dialler {

    private Dialler() {}

    static void socket() throws IOException {
        new Socket().close();
    }

    static void serverSocket() throws IOException {
        new ServerSocket().close();
    }

    static void datagram() throws IOException {
        new DatagramSocket().close();
    }

    static void channel() throws IOException {
        SocketChannel.open().close();
    }

    static void http() {
        HttpClient.newHttpClient().close();
    }

    static void url(URI address) throws IOException {
        address.toURL().openStream().close();
    }

    static String innocent(URI address) {
        return address.getPath();
    }
}
