// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Opens connections. The host name is resolved and the trust anchors are read once, with the first of them.
final class Connector {
    private final Route route;
    /// Both once they are known; of who holds this object's lock.
    private @Nullable List<SocketAddress> addresses;

    private @Nullable SSLContext context;

    Connector(Route route) {
        this.route = route;
    }

    /// To the first of the addresses that takes it.
    ByteStream connect(Deadline deadline) throws IOException {
        IOException last = null;
        for (var address : addresses()) {
            try {
                var wire = Wire.connect(address, deadline);
                return route instanceof Route.Tls tls
                        ? TlsWire.shakeHands(wire, context(tls.anchors()), tls, deadline)
                        : wire;
            } catch (SSLException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last == null ? new ConnectException("the host has no address") : last;
    }

    private synchronized List<SocketAddress> addresses() throws IOException {
        if (addresses == null) {
            addresses = switch (route) {
                case Route.Unix(var socket) -> List.of(UnixDomainSocketAddress.of(socket));
                case Route.Loopback(var host, var port) -> resolved(host, port, true);
                case Route.Tls(var host, var port, var anchors) -> resolved(host, port, false);
            };
        }
        return addresses;
    }

    private static List<SocketAddress> resolved(String host, int port, boolean here) throws IOException {
        var found = InetAddress.getAllByName(host);
        if (here && !Stream.of(found).allMatch(InetAddress::isLoopbackAddress)) {
            throw new ConnectException("plain HTTP is for this machine, and the host is another one");
        }
        return Stream.of(found)
                .<SocketAddress>map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private synchronized SSLContext context(Optional<Path> anchors) throws IOException {
        if (context == null) {
            try {
                var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trusted.init(anchors.isPresent() ? store(anchors.orElseThrow()) : null);
                var made = SSLContext.getInstance("TLS");
                made.init(null, trusted.getTrustManagers(), null);
                context = made;
            } catch (GeneralSecurityException e) {
                throw new SSLException("the trusted certificates cannot be used: " + e.getMessage(), e);
            }
        }
        return context;
    }

    private static KeyStore store(Path anchors) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(anchors)) {
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(String.valueOf(number++), certificate);
            }
        }
        if (store.size() == 0) {
            throw new SSLException("there is no certificate in " + anchors);
        }
        return store;
    }
}
