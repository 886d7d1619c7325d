// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/// Who is at the other end of the connection: his address, whether TLS lies between, and the certificates
/// with which he proved himself in its handshake, his own first. Those were verified against the configured
/// authorities; none when he sent none.
public record Peer(InetSocketAddress address, boolean secure, List<X509Certificate> certificates) {
    public Peer {
        certificates = List.copyOf(certificates);
    }
}
