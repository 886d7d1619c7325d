// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.core.UnavailableException;
import dev.chancery.server.http.Front;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;

/// A port on which a [Front] answers. Helidon reads and writes; no type of it is seen outside this package.
public final class HttpListener implements AutoCloseable {
    /// Kept, because a logger that nobody holds forgets its level. What Helidon says of itself at start and
    /// stop is not for our log.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    static {
        HELIDON.setLevel(Level.WARNING);
    }

    private final WebServer server;
    private final Connections connections;
    private final InetSocketAddress address;

    private HttpListener(WebServer server, Connections connections, InetSocketAddress address) {
        this.server = server;
        this.connections = connections;
        this.address = address;
    }

    /// Listens on an address, with TLS when there is a context for it. Port 0 takes a free one.
    ///
    /// Throws `UnavailableException` when the address cannot be had.
    public static HttpListener start(HttpPlan plan, Optional<SSLContext> tls, Front front) {
        InetSocketAddress asked = plan.address(tls.isPresent());
        var connections = new Connections(plan.limits().times());
        WebServerConfig.Builder config = WebServer.builder()
                .bindAddress(asked)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .useNio(false)
                .maxTcpConnections(plan.limits().connectionsMax())
                .idleConnectionTimeout(plan.limits().times().request().multipliedBy(2))
                .shutdownGracePeriod(plan.limits().times().stop())
                .connectionOptions(WatchedOptions.over(connections))
                .directHandlers(new Refusals(front).handlers())
                .addConnectionSelector(new OldHttp(front, connections, plan.limits()))
                .addConnectionSelector(http2(plan.limits()))
                .addConnectionSelector(http1(plan.limits()))
                .routing(
                        HttpRouting.builder().any((request, response) -> serve(front, connections, request, response)));
        tls.ifPresent(context -> config.tls(Tls.builder().sslContext(context).build()));
        tryToBind(asked);
        WebServer server = config.build().start();
        if (server.port() < 0) {
            throw new UnavailableException("cannot listen on " + asked);
        }
        connections.start();
        return new HttpListener(server, connections, new InetSocketAddress(asked.getAddress(), server.port()));
    }

    /// Helidon only logs that an address could not be had.
    private static void tryToBind(InetSocketAddress asked) {
        try (var socket = ServerSocketChannel.open()) {
            socket.bind(asked);
        } catch (IOException e) {
            throw new UnavailableException("cannot listen on %s: %s".formatted(asked, e.getMessage()), e);
        }
    }

    private static Http1ConnectionSelector http1(HttpLimits limits) {
        var config = Http1Config.builder()
                .maxPrologueLength(HttpLimits.REQUEST_LINE_BYTES_MAX)
                .maxHeadersSize(limits.headerBytesMax())
                .validateRequestHeaders(true)
                .validatePrologue(true)
                // The front is stricter, and its errors are ours.
                .validatePath(false)
                .continueImmediately(false)
                .build();
        // No upgraders: from HTTP/1.1 there is no way to another protocol on the same connection.
        return Http1ConnectionSelector.builder().config(config).build();
    }

    private static Http2ConnectionSelector http2(HttpLimits limits) {
        var config = Http2Config.builder()
                .maxConcurrentStreams(HttpLimits.STREAMS_MAX)
                .initialWindowSize(HttpLimits.STREAM_WINDOW_BYTES)
                .maxHeaderListSize(limits.headerBytesMax())
                .flowControlTimeout(limits.times().request())
                .validatePath(false)
                .build();
        return Http2ConnectionSelector.builder().http2Config(config).build();
    }

    private static void serve(Front front, Connections connections, ServerRequest request, ServerResponse response) {
        var connection = connections
                .find(request.remotePeer().address(), request.localPeer().address())
                .orElseThrow(() -> new CloseConnectionException("The connection was closed"));
        try (var turn = connection.begin()) {
            new Exchange(request, response, turn).serve(front);
        }
    }

    /// Where it listens, with the port that it took.
    public InetSocketAddress address() {
        return address;
    }

    public int port() {
        return address.getPort();
    }

    /// Connections that are open.
    public int connections() {
        return connections.size();
    }

    /// Takes no more connections and requests, lets what runs come to its end within the configured time, and
    /// closes.
    @Override
    public void close() {
        server.stop();
        connections.close();
    }
}
