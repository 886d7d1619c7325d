// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import java.util.List;

/// Files that lie beside an artifact in a repository, and are no artifacts.
final class Sidecar {
    private static final List<String> EXTENSIONS = List.of(
            "asc",
            "sig",
            "sigstore.json",
            "minisig",
            "p7s",
            "sshsig",
            "jws",
            "tlog-proof",
            "md5",
            "sha1",
            "sha256",
            "sha512");

    private Sidecar() {}

    /// Whether an extension, as Maven has it (`jar.asc`), is that of a signature, a receipt or a checksum.
    static boolean isExtension(String extension) {
        return EXTENSIONS.stream().anyMatch(one -> extension.equals(one) || extension.endsWith("." + one));
    }
}
