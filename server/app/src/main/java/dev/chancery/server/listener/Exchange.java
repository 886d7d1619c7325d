// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.server.http.Front;
import dev.chancery.server.http.Headers;
import dev.chancery.server.http.Incoming;
import dev.chancery.server.http.Peer;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One request of Helidon's, handed to the front and back.
final class Exchange {
    /// A header that Helidon makes of a client's certificate. Nobody here reads it.
    private static final String MADE_BY_HELIDON = "x-helidon-cn";

    private final ServerRequest request;
    private final ServerResponse response;
    private final Connection.Turn turn;

    Exchange(ServerRequest request, ServerResponse response, Connection.Turn turn) {
        this.request = request;
        this.response = response;
        this.turn = turn;
    }

    void serve(Front front) {
        var body = new ExchangeBody(request, turn);
        var answer = new ExchangeAnswer(request, response, turn, body);
        try {
            front.serve(new Incoming(line(), headers(), peer(), body), answer);
            if (!body.linger()) {
                turn.endConnection();
            }
        } catch (IOException e) {
            throw new CloseConnectionException("The connection is of no more use", e);
        }
        // Helidon says `Connection: close` and reads on.
        if (body.isHttp1() && response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("The connection was to be closed behind the answer");
        }
    }

    private Incoming.Line line() {
        return new Incoming.Line(
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue());
    }

    private Headers headers() {
        Map<String, List<String>> fields = new HashMap<>();
        for (Header header : request.headers()) {
            String name = header.headerName().lowerCase();
            if (!name.equals(MADE_BY_HELIDON)) {
                fields.computeIfAbsent(name, none -> new ArrayList<>()).addAll(header.allValues());
            }
        }
        return new Headers(fields);
    }

    private Peer peer() {
        PeerInfo remote = request.remotePeer();
        var certificates = new ArrayList<X509Certificate>();
        for (Certificate certificate : remote.tlsCertificates().orElse(new Certificate[0])) {
            certificates.add((X509Certificate) certificate);
        }
        return new Peer((InetSocketAddress) remote.address(), request.isSecure(), certificates);
    }
}
