// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/// TLS 1.2 or 1.3 over a [Wire], with the server's name verified (RFC 9110, section 4.3.4). The JDK's engine
/// does all of TLS; a socket of it would not keep a deadline while it writes.
final class TlsWire implements ByteStream {
    /// Bytes: more than a record of TLS has (RFC 8446, section 5.2), so that every buffer holds a whole one.
    private static final int RECORD_BYTES_MAX = 1 << 15;

    private final Wire wire;
    private final SSLEngine engine;
    /// Both hold what is still to be read.
    private final ByteBuffer encrypted = ByteBuffer.allocate(RECORD_BYTES_MAX).flip();

    private final ByteBuffer decrypted = ByteBuffer.allocate(RECORD_BYTES_MAX).flip();
    private final ByteBuffer leaving = ByteBuffer.allocate(RECORD_BYTES_MAX);

    private TlsWire(Wire wire, SSLEngine engine) {
        this.wire = wire;
        this.engine = engine;
    }

    /// Takes the wire over and closes it when the handshake fails.
    static TlsWire shakeHands(Wire wire, SSLContext context, Route.Tls route, Deadline deadline) throws IOException {
        var engine = context.createSSLEngine(route.host(), route.port());
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        var tls = new TlsWire(wire, engine);
        try {
            engine.beginHandshake();
            tls.finishHandshake(deadline);
            return tls;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    /// Also what comes after the first handshake: tickets, new keys.
    private void finishHandshake(Deadline deadline) throws IOException {
        for (var status = engine.getHandshakeStatus(); ; status = engine.getHandshakeStatus()) {
            switch (status) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0), deadline);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (unwrap(deadline) == Status.CLOSED) {
                        throw new SSLException("the other side closed the connection during the handshake");
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void runTasks() {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void wrap(ByteBuffer from, Deadline deadline) throws IOException {
        leaving.clear();
        var result = engine.wrap(from, leaving);
        wire.write(leaving.flip(), deadline);
        if (result.getStatus() != Status.OK && engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
            throw new SSLException("the connection is closed");
        }
    }

    /// One record into the buffer for what is decrypted; reads from the wire what it takes.
    private Status unwrap(Deadline deadline) throws IOException {
        decrypted.compact();
        try {
            while (true) {
                var result = engine.unwrap(encrypted, decrypted);
                if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
                    return result.getStatus();
                }
                encrypted.compact();
                try {
                    wire.readSome(encrypted, deadline);
                } finally {
                    encrypted.flip();
                }
            }
        } finally {
            decrypted.flip();
        }
    }

    @Override
    public int read(ByteBuffer into, Deadline deadline) throws IOException {
        while (!decrypted.hasRemaining()) {
            if (unwrap(deadline) == Status.CLOSED) {
                return -1;
            }
            if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                finishHandshake(deadline);
            }
        }
        int length = Math.min(into.remaining(), decrypted.remaining());
        into.put(into.position(), decrypted, decrypted.position(), length);
        into.position(into.position() + length);
        decrypted.position(decrypted.position() + length);
        return length;
    }

    @Override
    public void write(ByteBuffer from, Deadline deadline) throws IOException {
        while (from.hasRemaining()) {
            wrap(from, deadline);
        }
    }

    /// A ticket may lie there unread, which is no sign of anything.
    @Override
    public boolean isStale() {
        if (decrypted.hasRemaining()) {
            return true;
        }
        encrypted.compact();
        try {
            return wire.readNow(encrypted) < 0;
        } catch (IOException broken) {
            return true;
        } finally {
            encrypted.flip();
        }
    }

    /// Says so to the other side if that takes no waiting.
    @Override
    public void close() throws IOException {
        try (wire) {
            engine.closeOutbound();
            wrap(ByteBuffer.allocate(0), new Deadline(System.nanoTime()));
        } catch (SSLException saidAlready) {
            // The wire is closed all the same.
        }
    }
}
