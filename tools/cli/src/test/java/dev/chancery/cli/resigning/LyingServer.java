// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.cli.ServedOffice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/// A server before a true one that passes on what it is asked to read, and changes paths and answers as it likes.
record LyingServer(ServedOffice office, UnaryOperator<String> path, UnaryOperator<String> answer) {
    /// A command that asks it.
    ServedOffice.Said run(String... words) throws IOException {
        var liar = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var client = HttpClient.newBuilder()
                .sslContext(ServedOffice.trusting(office.root().resolve("certificate.pem")))
                .build()) {
            liar.createContext("/", exchange -> pass(exchange, client));
            liar.start();
            var environment = new HashMap<>(office.environment());
            environment.put(
                    "CHANCERY_SERVER", "http://127.0.0.1:" + liar.getAddress().getPort());
            return ServedOffice.run(environment, List.of(words));
        } finally {
            liar.stop(0);
        }
    }

    private void pass(HttpExchange exchange, HttpClient client) throws IOException {
        try (exchange) {
            var asked = URI.create(
                    office.url() + path.apply(exchange.getRequestURI().toString()));
            var told = client.send(HttpRequest.newBuilder(asked).build(), HttpResponse.BodyHandlers.ofByteArray());
            byte[] body = told.body();
            if (exchange.getRequestURI().getPath().startsWith("/v1/")) {
                body = answer.apply(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            }
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            told.headers().firstValue("Content-Type").orElse("application/octet-stream"));
            exchange.sendResponseHeaders(told.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
