// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;

/// An empty package of pacman's, and a keyring of pacman's that trusts one certificate.
///
/// The certificate is trusted as the keyring's own master key is (ownertrust 6); a certificate that the master
/// key has signed comes out the same, and would need a secret key and an agent.
final class PacmanPackage {
    static final String FILE = "rehearsal-1-1-any.pkg.tar";

    /// Octets of a record of a tar file (POSIX.1-2017, pax, "ustar Interchange Format").
    private static final int RECORD_BYTES = 512;

    private static final String INFO = """
            pkgname = rehearsal
            pkgbase = rehearsal
            pkgver = 1-1
            pkgdesc = Nothing
            builddate = 1700000000
            size = 0
            arch = any
            """;

    private PacmanPackage() {}

    static boolean isPossible(Programs programs) {
        return programs.has("pacman", "pacman-key", "gpg");
    }

    static byte[] content() {
        byte[] info = INFO.getBytes(US_ASCII);
        byte[] header = new byte[RECORD_BYTES];
        put(header, 0, ".PKGINFO");
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(header, 124, "%011o\0%011o\0".formatted(info.length, 0));
        put(header, 148, " ".repeat(8));
        put(header, 156, "0");
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte octet : header) {
            sum += octet;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        var tar = new ByteArrayOutputStream();
        tar.writeBytes(header);
        tar.writeBytes(Arrays.copyOf(info, RECORD_BYTES));
        tar.writeBytes(new byte[2 * RECORD_BYTES]);
        return tar.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] octets = text.getBytes(US_ASCII);
        System.arraycopy(octets, 0, header, at, octets.length);
    }

    /// Makes what [Tool#PACMAN] asks with, around a package that lies in `directory` already.
    static void keyring(Programs programs, Path directory, Path certificate) {
        SandboxFiles.write(
                directory.resolve("pacman.conf"),
                "[options]\nArchitecture = any\nSigLevel = Required\nLocalFileSigLevel = Required\n");
        Path home = directory.resolve("gnupg");
        SandboxFiles.make(home);
        // The older form of a keyring: pacman-key looks for this file.
        SandboxFiles.write(home.resolve("pubring.gpg"), "");
        programs.done(directory, "gpg", "--batch", "--quiet", "--import", certificate.toString());
        String fingerprint = programs.run(directory, "gpg", "--batch", "--with-colons", "--list-keys")
                .output()
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .map(line -> line.split(":", -1)[9])
                .findFirst()
                .orElse("");
        Path trust = directory.resolve("ownertrust");
        SandboxFiles.write(trust, fingerprint + ":6:\n");
        programs.done(directory, "gpg", "--batch", "--quiet", "--import-ownertrust", trust.toString());
        programs.done(directory, "gpg", "--batch", "--quiet", "--check-trustdb");
    }
}
