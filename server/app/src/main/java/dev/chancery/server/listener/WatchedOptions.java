// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The place where Helidon shows every connection that it accepted, before anything is read from it: it asks
/// for the socket's options. An exception from here closes the connection.
record WatchedOptions(SocketOptions plain, Connections connections) implements SocketOptions {
    static WatchedOptions over(Connections connections) {
        return new WatchedOptions(SocketOptions.builder().tcpNoDelay(true).build(), connections);
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        SocketOptions.super.configureSocket(channel);
        try {
            connections.accepted(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("the connection was closed before it was accepted", e);
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return plain.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return plain.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return plain.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return plain.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return plain.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return plain.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return plain.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return plain.tcpNoDelay();
    }
}
