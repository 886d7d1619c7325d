// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Whom to believe to be a server that is none of ours.
public final class TrustedCertificates {
    private TrustedCertificates() {}

    /// TLS by which these certificates in PEM are believed, or those of the Java runtime.
    public static SSLContext context(Optional<Path> certificates) {
        return new TlsFiles(certificates, Optional.empty()).context();
    }
}
