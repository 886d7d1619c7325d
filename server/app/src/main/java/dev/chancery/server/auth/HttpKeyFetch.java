// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.Bytes;
import dev.chancery.server.tls.TrustedAuthorities;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// By HTTP, without following anywhere: an issuer says itself where its keys are.
final class HttpKeyFetch implements KeyFetch {
    /// Bytes of a document: a hundred keys of RSA-4096.
    static final int DOCUMENT_BYTES_MAX = 1 << 17;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);

    private final HttpClient client;

    private HttpKeyFetch(HttpClient client) {
        this.client = client;
    }

    static HttpKeyFetch trusting(Optional<Path> authorities) {
        var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        authorities.ifPresent(file -> client.sslContext(TrustedAuthorities.context(file)));
        return new HttpKeyFetch(client.build());
    }

    @Override
    public Bytes get(URI address) throws IOException {
        var request = HttpRequest.newBuilder(address)
                .timeout(WHOLE)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(DOCUMENT_BYTES_MAX + 1);
                if (answer.statusCode() != 200 || bytes.length > DOCUMENT_BYTES_MAX) {
                    throw new IOException("status %d with %d bytes or more, not 200 with at most %d"
                            .formatted(answer.statusCode(), bytes.length, DOCUMENT_BYTES_MAX));
                }
                return Bytes.of(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
