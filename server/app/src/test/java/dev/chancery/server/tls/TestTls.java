// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A server's certificate of its own for other tests, and clients that know it.
public final class TestTls {
    private static final Path FOLDER = folder();
    private static final ServerTls TLS =
            ServerTls.open(TlsPlan.OWN, FOLDER, InstantSource.system(), new SecureRandom());

    private TestTls() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("tls");
            folder.resolve("certificate.pem").toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SSLContext context() {
        return TLS.context();
    }

    public static Path certificate() {
        return FOLDER.resolve("certificate.pem");
    }

    /// A client's context that trusts the first certificate of a file.
    public static SSLContext trusting(Path file) throws GeneralSecurityException, IOException {
        X509Certificate certificate = ServerCertificate.certificates(file).getFirst();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setCertificateEntry("server", certificate);
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), new SecureRandom());
        return context;
    }

    /// A connection whose handshake is done.
    public static SSLSocket client(int port) throws GeneralSecurityException, IOException {
        var socket = (SSLSocket)
                trusting(certificate()).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.startHandshake();
        return socket;
    }
}
