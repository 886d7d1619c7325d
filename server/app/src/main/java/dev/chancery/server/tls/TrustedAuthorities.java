// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.CertificateChain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom the server believes when it asks others: the certificates of a PEM file, and nobody else.
public final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /// Throws `MalformedException` when the file holds no certificates, `UnavailableException` when it cannot
    /// be read.
    public static SSLContext context(Path file) {
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
}
