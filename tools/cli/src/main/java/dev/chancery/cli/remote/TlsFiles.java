// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Whom to believe to be the server, and who we are, as files in PEM.
///
/// @param server certificates that are believed instead of the JDK's: the server's own, or authorities above it
/// @param client our certificate, and what leads to its authority
record TlsFiles(Optional<Path> server, Optional<Client> client) {
    /// Bytes of a file: some certificates.
    private static final int BYTES_MAX = 1 << 20;

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE[ ]KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE[ ]KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "Ed25519", "RSA");

    /// A certificate and its key, which is PKCS #8 without a passphrase.
    record Client(Path certificate, Path key) {}

    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    client.isPresent() ? identity(client.get()) : null, server.isPresent() ? trusted() : null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new MalformedException("certificates for TLS are not usable: " + e.getMessage(), e);
        }
    }

    private TrustManager[] trusted() throws GeneralSecurityException, IOException {
        var store = emptyStore();
        var certificates = certificates("server certificate", server.orElseThrow());
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("trusted " + i, certificates.get(i));
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] identity(Client client) throws GeneralSecurityException, IOException {
        var chain = certificates("client certificate", client.certificate());
        var key = privateKey(client.key());
        // Never written to a disk. At each handshake the key is read from it, and PKCS12 would stretch a password then.
        var store = KeyStore.getInstance("JKS");
        store.load(null, new char[0]);
        store.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        return store;
    }

    private static List<Certificate> certificates(String subject, Path file) {
        byte[] pem = InputFiles.read(subject, file, BYTES_MAX).toArray();
        try {
            var certificates = List.<Certificate>copyOf(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (GeneralSecurityException notCertificates) {
            // Falls through to the one sentence for every fault.
        }
        throw new MalformedException("%s %s does not hold certificates in PEM".formatted(subject, file));
    }

    static PrivateKey privateKey(Path file) throws GeneralSecurityException {
        requireSecret(file);
        byte[] pem = InputFiles.read("client key", file, BYTES_MAX).toArray();
        var found = PRIVATE_KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (found.find()) {
            var spec = new PKCS8EncodedKeySpec(
                    Base64.getMimeDecoder().decode(found.group(1).replaceAll("\\s", "")));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (InvalidKeySpecException another) {
                    // The next algorithm may be that of the key.
                }
            }
        }
        throw new MalformedException(
                "client key %s is not one EC, Ed25519 or RSA key in PEM (PKCS #8, \"PRIVATE KEY\")".formatted(file));
    }

    private static void requireSecret(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new RefusedException(
                        "key-permissions",
                        "client key %s can be read by everybody; chmod o-r mends it".formatted(file));
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("client key", file, e);
        } catch (UnsupportedOperationException e) {
            throw new UnavailableException(
                    "client key %s lies on a file system without permissions".formatted(file), e);
        }
    }
}
