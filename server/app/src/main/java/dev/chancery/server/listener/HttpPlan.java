// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where the server listens, and within which limits.
public record HttpPlan(String host, int port, HttpLimits limits) {
    /// Where nothing else is said: this machine only.
    public static final String HOST = "127.0.0.1";
    /// Not one that needs rights, nor one that others commonly take.
    public static final int PORT = 8472;

    public HttpPlan {
        if (port < 0 || port > 65_535) {
            throw new MalformedException("port " + port + " is not 0 to 65535");
        }
    }

    public static HttpPlan read(JsonObject object) {
        String host = object.optional("host").map(value -> value.text()).orElse(HOST);
        int port = object.optional("port")
                .map(value -> Math.toIntExact(value.integer(0, 65_535)))
                .orElse(PORT);
        HttpLimits limits = object.optional("limits")
                .map(value -> value.object(HttpLimits::read))
                .orElse(HttpLimits.USUAL);
        return object.check(() -> new HttpPlan(host, port, limits));
    }

    /// The address, resolved. Throws `RefusedException` when it can be reached from elsewhere and there is no
    /// TLS.
    InetSocketAddress address(boolean secure) {
        InetAddress address = resolved();
        if (!secure && !address.isLoopbackAddress()) {
            throw new RefusedException(
                    "tls-required",
                    "%s can be reached from other machines, and there HTTP goes over TLS only".formatted(address));
        }
        return new InetSocketAddress(address, port);
    }

    private InetAddress resolved() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw MalformedException.value("host", host, "has no address");
        }
    }
}
