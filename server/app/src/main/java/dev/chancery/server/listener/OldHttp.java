// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.server.http.Front;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes connections that begin with `GET` or `HEAD` and end their line with `HTTP/1.0`, which is how GnuPG's
/// dirmngr asks a
/// key server to this day. All else of that version stays refused.
record OldHttp(Front front, Connections connections, HttpLimits limits) implements ServerConnectionSelector {
    private static final Pattern LINE = Pattern.compile("(?:GET|HEAD) /[!-~]* HTTP/1\\.0\r");

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        int end = data.indexOf((byte) '\n');
        if (end < 0) {
            return data.available() > HttpLimits.REQUEST_LINE_BYTES_MAX ? Support.UNSUPPORTED : Support.UNKNOWN;
        }
        return LINE.matcher(data.readString(end, StandardCharsets.ISO_8859_1)).matches()
                ? Support.SUPPORTED
                : Support.UNSUPPORTED;
    }

    /// None: by ALPN nobody asks for it.
    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new OldExchange(this, context);
    }
}
