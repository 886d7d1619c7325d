// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// The server's half of TLS, whose certificate can be exchanged while it runs. For many threads.
public final class ServerTls {
    private static final String CERTIFICATE = "certificate.pem";
    private static final String KEY = "key.pem";

    private final TlsPlan.Files files;
    private final Optional<Path> clientAuthorities;
    private final SecureRandom random;
    private final AtomicReference<Loaded> loaded;
    private final SSLContext context;

    /// What was read from the files, and what was made of it.
    private record Loaded(ServerCertificate certificate, List<X509Certificate> authorities, SSLContext context) {}

    private ServerTls(TlsPlan.Files files, Optional<Path> clientAuthorities, SecureRandom random) {
        this.files = files;
        this.clientAuthorities = clientAuthorities;
        this.random = random;
        this.loaded = new AtomicReference<>(load());
        this.context = new SwitchingContext(() -> loaded.get().context(), clientAuthorities.isPresent());
    }

    /// Opens what the plan names. Where it names no certificate, the one in `directory` is taken, and made
    /// when there is none.
    ///
    /// Throws `MalformedException` when a file is wrong, `RefusedException` when everybody can read the key,
    /// `UnavailableException` when a file cannot be read or written.
    public static ServerTls open(TlsPlan plan, Path directory, InstantSource clock, SecureRandom random) {
        TlsPlan.Files files = plan.files().orElseGet(() -> own(plan, directory, clock.instant(), random));
        return new ServerTls(files, plan.clientAuthorities(), random);
    }

    private static TlsPlan.Files own(TlsPlan plan, Path directory, Instant now, SecureRandom random) {
        var files = new TlsPlan.Files(directory.resolve(CERTIFICATE), directory.resolve(KEY));
        if (!Files.exists(files.chain())) {
            SelfMade.Pem made = SelfMade.make(plan.names(), now, random);
            try {
                // The certificate comes last: where it is, its key is.
                write(files.key(), made.key().toArray());
                write(files.chain(), made.certificate().toArray());
            } catch (IOException e) {
                throw new UnavailableException("cannot write a certificate to " + directory, e);
            }
        }
        return files;
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path hidden = file.resolveSibling("." + file.getFileName());
        Files.deleteIfExists(hidden);
        Files.createFile(hidden, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(hidden, content, StandardOpenOption.WRITE);
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// For a listener: new connections have the newest certificate.
    public SSLContext context() {
        return context;
    }

    /// SHA-256 of the server's certificate, as stock tools show it: `AB:CD:...`.
    public String fingerprint() {
        return loaded.get().certificate().fingerprint();
    }

    /// Until when the server's certificate is good.
    public Instant expires() {
        return loaded.get().certificate().chain().getFirst().getNotAfter().toInstant();
    }

    /// Reads the files again; whether they brought something new. What is wrong is thrown as by [#open], and
    /// the old certificate stays in use.
    public boolean reload() {
        Loaded old = loaded.get();
        Loaded now = load();
        boolean changed = !now.certificate.chain().equals(old.certificate.chain())
                || !now.certificate.key().equals(old.certificate.key())
                || !now.authorities.equals(old.authorities);
        return changed && loaded.compareAndSet(old, now);
    }

    private Loaded load() {
        ServerCertificate certificate = ServerCertificate.read(files);
        List<X509Certificate> authorities =
                clientAuthorities.map(ServerCertificate::certificates).orElse(List.of());
        try {
            return new Loaded(certificate, authorities, contextOf(certificate, authorities));
        } catch (GeneralSecurityException | IOException e) {
            throw new MalformedException("the certificate in %s is not usable".formatted(files.chain()), e);
        }
    }

    private SSLContext contextOf(ServerCertificate certificate, List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        char[] none = new char[0];
        // Never written to a disk. At each handshake the key is read from it, and PKCS12 would stretch a password then.
        var own = KeyStore.getInstance("JKS");
        own.load(null, none);
        own.setKeyEntry("server", certificate.key(), none, certificate.chain().toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, none);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust(authorities), random);
        return context;
    }

    /// With no authority nobody's certificate is good, and none is asked for.
    private static TrustManager[] trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            return new TrustManager[0];
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority " + i, authorities.get(i));
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }
}
