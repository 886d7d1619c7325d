// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.CertificateChain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A certificate with its chain and its private key, which belong together.
record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    /// Bytes of a key file.
    static final int KEY_BYTES_MAX = 1 << 14;

    /// The label of its PEM block (RFC 7468, section 10).
    static final String LABEL = "PRIVATE KEY";

    private static final Pattern PKCS8 = Pattern.compile(
            "\\s*-----BEGIN %s-----\\s+([A-Za-z0-9+/=\\s]+)-----END %s-----\\s*".formatted(LABEL, LABEL));

    /// Reads the two files. Throws `MalformedException` when one is wrong or they do not belong together,
    /// `RefusedException` when everybody can read the key, `UnavailableException` when one is not there.
    static ServerCertificate read(TlsPlan.Files files) {
        List<X509Certificate> chain = certificates(files.chain());
        checkPrivate(files.key());
        PrivateKey key = key(files.key(), chain.getFirst());
        if (!belongTogether(chain.getFirst(), key)) {
            throw new MalformedException(
                    "the key in %s is not that of the first certificate in %s".formatted(files.key(), files.chain()));
        }
        return new ServerCertificate(chain, key);
    }

    /// The certificates of a PEM file, in their order.
    static List<X509Certificate> certificates(Path file) {
        var chain = CertificateChain.parse(bytes(file, CertificateChain.FILE_BYTES_MAX));
        var certificates = new ArrayList<X509Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (Bytes der : chain.certificates()) {
                var in = new ByteArrayInputStream(der.toArray());
                certificates.add((X509Certificate) factory.generateCertificate(in));
            }
        } catch (GeneralSecurityException e) {
            throw new MalformedException("a certificate in %s is not well formed".formatted(file), e);
        }
        return certificates;
    }

    private static void checkPrivate(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new RefusedException(
                        "key-file-mode", "everybody can read the key in %s; chmod o-rwx %s".formatted(file, file));
            }
        } catch (IOException e) {
            throw new UnavailableException("cannot look at " + file, e);
        }
    }

    private static PrivateKey key(Path file, X509Certificate certificate) {
        String pem = new String(bytes(file, KEY_BYTES_MAX).toArray(), StandardCharsets.ISO_8859_1);
        Matcher block = PKCS8.matcher(pem);
        if (!block.matches()) {
            throw new MalformedException(
                    "%s is not one PEM block PRIVATE KEY without a passphrase (openssl pkcs8 ".formatted(file)
                            + "-topk8 -nocrypt makes one)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(1));
            return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MalformedException("the key in %s is not of its certificate's algorithm".formatted(file), e);
        }
    }

    /// Signs something that means nothing, and verifies it.
    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        try {
            String algorithm = key.getAlgorithm();
            var signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> algorithm;
                    });
            byte[] nothing = "a server's own check".getBytes(StandardCharsets.US_ASCII);
            signature.initSign(key, new SecureRandom());
            signature.update(nothing);
            byte[] value = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(nothing);
            return signature.verify(value);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Bytes bytes(Path file, int bytesMax) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new MalformedException("%s has more than %d bytes".formatted(file, bytesMax));
            }
            return Bytes.of(bytes);
        } catch (IOException e) {
            throw new UnavailableException("cannot read " + file, e);
        }
    }

    /// SHA-256 of the certificate as stock tools show it: `AB:CD:...`.
    String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(chain.getFirst().getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
