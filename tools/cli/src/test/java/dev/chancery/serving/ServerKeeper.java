// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import dev.chancery.core.Bytes;
import dev.chancery.interop.Office;
import dev.chancery.json.Json;
import dev.chancery.note.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A server that is killed and started again, and a client that does not give up.
final class ServerKeeper implements AutoCloseable {
    private final Office office;
    private final HttpClient client;
    private volatile RunningServer server;

    ServerKeeper(Office office) throws IOException, GeneralSecurityException {
        this.office = office;
        this.server = RunningServer.start(office);
        this.client = HttpClient.newBuilder()
                .sslContext(trusting())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        try (var in = Files.newInputStream(server.directory().resolve("certificate.pem"))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    void killAndStartAgain() throws IOException {
        server.kill();
        server = RunningServer.start(office);
    }

    /// Asks until there is an answer that is final.
    Json sign(String artifact, String idempotencyKey) throws IOException, InterruptedException {
        String body = """
                {"authority":"build","format":"raw","encoding":"binary","artifact":"%s","size":5,
                "digests":{"sha256":"%s"},"states":[]}""".formatted(artifact, sha256(artifact));
        while (true) {
            try {
                var request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/signatures"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + server.token())
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 201) {
                    return Json.parse(Bytes.of(answer.body().getBytes(StandardCharsets.UTF_8)), "answer")
                            .json();
                }
                if (answer.statusCode() != 503 && answer.statusCode() != 409) {
                    throw new AssertionError(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException e) {
                // It was killed, or is not there again yet.
            }
            Thread.sleep(100);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    VerifierKey logKey() throws IOException, InterruptedException {
        return VerifierKey.parse(get("/log/key").strip());
    }

    long logSize() throws IOException, InterruptedException {
        return Long.parseLong(get("/log/checkpoint").lines().skip(1).findFirst().orElseThrow());
    }

    @Override
    public void close() {
        server.close();
    }
}
