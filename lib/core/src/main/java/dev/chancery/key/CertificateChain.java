// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// X.509 certificates in the order in which they stand in a file: mostly that of a key, then that of its
/// issuer, and so on. Nothing here looks into them: a format that has certificates does.
///
/// A file of them is PEM blocks `CERTIFICATE` (RFC 7468, section 5). Explanatory text around the blocks, which
/// `openssl` writes, is passed over; a block of another kind is not, for it may be a private key.
public final class CertificateChain {
    /// Certificates in one file: ten keys with chains of ten.
    public static final int CERTIFICATES_MAX = 100;
    /// Bytes of one certificate: one with a page of names fits.
    public static final int CERTIFICATE_BYTES_MAX = 1 << 14;
    /// Bytes of a file: all of them in base64, and text around them.
    public static final int FILE_BYTES_MAX = 1 << 20;

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final int LINE_CHARACTERS = 64;

    private final List<Bytes> certificates;

    /// Certificates in DER.
    public CertificateChain(List<Bytes> certificates) {
        if (certificates.isEmpty() || certificates.size() > CERTIFICATES_MAX) {
            throw new MalformedException(
                    "%d certificates are not 1 to %d".formatted(certificates.size(), CERTIFICATES_MAX));
        }
        for (Bytes certificate : certificates) {
            if (certificate.length() > CERTIFICATE_BYTES_MAX) {
                throw new MalformedException("certificate has %d bytes, more than %d"
                        .formatted(certificate.length(), CERTIFICATE_BYTES_MAX));
            }
        }
        this.certificates = List.copyOf(certificates);
    }

    /// Reads a file of PEM blocks.
    public static CertificateChain parse(Bytes file) {
        var certificates = new ArrayList<Bytes>();
        StringBuilder base64 = null;
        for (String line : lines(file)) {
            if (base64 == null) {
                if (line.equals(BEGIN)) {
                    base64 = new StringBuilder();
                } else if (line.startsWith("-----")) {
                    throw MalformedException.value("line", line, "is not " + BEGIN);
                }
            } else if (line.equals(END)) {
                certificates.add(decoded(base64.toString()));
                base64 = null;
            } else {
                base64.append(line);
            }
        }
        if (base64 != null || certificates.isEmpty()) {
            throw new MalformedException("text has no whole PEM block CERTIFICATE");
        }
        return new CertificateChain(certificates);
    }

    private static List<String> lines(Bytes file) {
        if (file.length() > FILE_BYTES_MAX) {
            throw new MalformedException(
                    "certificates have %d bytes, more than %d".formatted(file.length(), FILE_BYTES_MAX));
        }
        return new String(file.toArray(), StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    private static Bytes decoded(String base64) {
        try {
            return Bytes.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("PEM block CERTIFICATE is not base64", e);
        }
    }

    /// The file, in the strict form of RFC 7468.
    public Bytes toPem() {
        var lines = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'});
        var file = new ByteArrayOutputStream();
        for (Bytes certificate : certificates) {
            String block = BEGIN + "\n" + lines.encodeToString(certificate.toArray()) + "\n" + END + "\n";
            file.writeBytes(block.getBytes(StandardCharsets.US_ASCII));
        }
        return Bytes.of(file.toByteArray());
    }

    /// In DER.
    public List<Bytes> certificates() {
        return certificates;
    }

    public Bytes first() {
        return certificates.getFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertificateChain that && certificates.equals(that.certificates);
    }

    @Override
    public int hashCode() {
        return certificates.hashCode();
    }

    @Override
    public String toString() {
        return "%d certificates, the first %s".formatted(certificates.size(), first());
    }
}
