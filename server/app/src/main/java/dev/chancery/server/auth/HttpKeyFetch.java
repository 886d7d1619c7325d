// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.CertificateChain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

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
        authorities.ifPresent(file -> client.sslContext(context(file)));
        return new HttpKeyFetch(client.build());
    }

    private static SSLContext context(Path file) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            var factory = CertificateFactory.getInstance("X.509");
            int count = 0;
            for (Bytes der :
                    CertificateChain.parse(Bytes.of(Files.readAllBytes(file))).certificates()) {
                var certificate = factory.generateCertificate(new ByteArrayInputStream(der.toArray()));
                store.setCertificateEntry("authority " + count++, certificate);
            }
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new MalformedException("a certificate in %s is not well formed".formatted(file), e);
        } catch (IOException e) {
            throw new UnavailableException("cannot read " + file, e);
        }
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
