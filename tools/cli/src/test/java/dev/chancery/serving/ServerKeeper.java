// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import dev.chancery.interop.Office;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A server that is killed and started again.
final class ServerKeeper implements AutoCloseable {
    private final Office office;
    private volatile RunningServer server;

    ServerKeeper(Office office) throws IOException {
        this.office = office;
        this.server = RunningServer.start(office);
    }

    PatientClient client() throws IOException, InterruptedException, GeneralSecurityException {
        var http = HttpClient.newBuilder()
                .sslContext(trusting())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new PatientClient(http, () -> server.url(), server.token());
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

    @Override
    public void close() {
        server.close();
    }
}
