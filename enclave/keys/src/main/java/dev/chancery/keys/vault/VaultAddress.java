// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.MalformedException;
import dev.chancery.keys.vault.http.Route;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where Vault, or an agent of it, is reached. Its text form is `unix:/run/vault/agent.sock`,
/// `https://vault.example.org:8200` or, on this machine alone, `http://127.0.0.1:8200`.
public sealed interface VaultAddress {
    /// A Unix socket on which plain HTTP is spoken.
    record Unix(Path socket) implements VaultAddress {
        /// Bytes of a path that a socket can have (unix(7)), without the zero at its end.
        public static final int PATH_BYTES_MAX = 107;

        public Unix {
            if (!socket.isAbsolute() || socket.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
                throw MalformedException.value(
                        "Vault socket",
                        socket.toString(),
                        "is not an absolute path of at most %d bytes".formatted(PATH_BYTES_MAX));
            }
        }

        @Override
        public String toString() {
            return "unix:" + socket;
        }
    }

    /// TLS. The server's certificate has to be valid for this host.
    record Tls(String host, int port) implements VaultAddress {
        @Override
        public String toString() {
            return "https://%s:%d".formatted(host, port);
        }
    }

    /// Plain HTTP to a loopback address.
    record Loopback(String host, int port) implements VaultAddress {
        @Override
        public String toString() {
            return "http://%s:%d".formatted(host, port);
        }
    }

    /// A name, an IPv4 address or an IPv6 address in brackets, and a port. No path, user or trailing slash.
    Pattern URL = Pattern.compile(
            "(https?)://([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})");

    /// Addresses of this machine that need no name service.
    Pattern HERE = Pattern.compile("localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1\\]");

    static VaultAddress parse(String text) {
        if (text.startsWith("unix:/") && text.indexOf('\0') < 0) {
            return new Unix(Path.of(text.substring("unix:".length())));
        }
        var url = URL.matcher(text);
        int port = url.matches() ? Integer.parseInt(url.group(3)) : 0;
        if (port < 1 || port > 0xffff) {
            throw MalformedException.value(
                    "Vault address", text, "is not like unix:/run/vault/agent.sock or https://vault.example.org:8200");
        }
        String host = url.group(2);
        if (url.group(1).equals("https")) {
            return new Tls(host, port);
        }
        if (!HERE.matcher(host).matches()) {
            throw MalformedException.value(
                    "Vault address", text, "would show the token to the network: plain http:// is for 127.0.0.1");
        }
        return new Loopback(host, port);
    }

    /// The way there; `anchors` matter to TLS alone.
    default Route route(Optional<Path> anchors) {
        return switch (this) {
            case Unix(var socket) -> new Route.Unix(socket);
            case Tls(var host, var port) -> new Route.Tls(host, port, anchors);
            case Loopback(var host, var port) -> new Route.Loopback(host, port);
        };
    }
}
