// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import java.nio.file.Path;
import java.util.Optional;

/// The way to a server.
public sealed interface Route {
    record Unix(Path socket) implements Route {}

    /// Plain, and only to this machine: what the name resolves to has to be a loopback address.
    record Loopback(String host, int port) implements Route {}

    /// `anchors` is a file of trusted certificates in PEM; without it the JDK's own are trusted.
    record Tls(String host, int port, Optional<Path> anchors) implements Route {}

    /// The field `Host` (RFC 9110, section 7.2).
    default String authority() {
        return switch (this) {
            case Unix unix -> "localhost";
            case Loopback(var host, var port) -> host + ":" + port;
            case Tls(var host, var port, var anchors) -> host + ":" + port;
        };
    }
}
