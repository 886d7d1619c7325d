// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Sends bytes that no client would send, and reads what comes.
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static RawClient to(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawClient send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    /// Sends one piece after another until the other end has closed.
    void dribble(String piece, Duration pause) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            while (System.nanoTime() - begin
                    < Duration.ofMillis(PATIENCE_MILLIS).toNanos()) {
                send(piece);
                Thread.sleep(pause);
            }
            throw new AssertionError("the connection was still open");
        } catch (IOException e) {
            // It is closed.
        }
    }

    /// All that comes until the other end closes.
    String rest() throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection was still open after " + all, e);
        } catch (SocketException e) {
            // A reset closes as well.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /// Waits until the other end closes.
    void closes() throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection was still open", e);
        } catch (SocketException e) {
            // A reset closes as well.
        }
    }

    /// What comes up to and with this text.
    String until(String end) throws IOException {
        var all = new ByteArrayOutputStream();
        int octet = socket.getInputStream().read();
        while (octet >= 0) {
            all.write(octet);
            if (all.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
                break;
            }
            octet = socket.getInputStream().read();
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    static String status(String answer) {
        return answer.length() < 12 ? "closed" : answer.substring(9, 12);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
