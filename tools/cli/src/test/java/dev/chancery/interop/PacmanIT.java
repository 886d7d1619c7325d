// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// pacman wants binary signatures by keys that its own keyring's master key has signed.
class PacmanIT {
    private static final List<String> ALGORITHMS = List.of("ed25519", "rsa-4096", "ecdsa-p256");

    @TempDir
    private static Path root;

    @Test
    void pacmanKeyVerifiesOurPackages() throws IOException {
        StockTool.PACMAN_KEY.require();
        Assumptions.assumeTrue(
                System.getProperty("user.name", "").equals("root"), "pacman-key --init wants to be run as root");
        var office = Office.in(root);
        Path gpg = root.resolve("pacman");
        try {
            pacmanKey(gpg, "--init").assertStatus(0);
            for (String algorithm : ALGORITHMS) {
                office.authority(algorithm, "openpgp", algorithm);
                sign(office, algorithm);
            }
            office.authority("stranger", "openpgp", "ed25519");
            sign(office, "stranger");
            for (String algorithm : ALGORITHMS) {
                trust(office, gpg, algorithm);
                assertVerified(office, gpg, algorithm);
            }
            Path stranger = artifact(office, "stranger");
            pacmanKey(gpg, "--verify", stranger + ".sig", stranger.toString()).assertFails();
        } finally {
            Answer.to(
                    root,
                    StockTool.environment(root, java.util.Map.of()),
                    List.of("gpgconf", "--homedir", gpg.toString(), "--kill", "all"));
        }
    }

    private static Answer pacmanKey(Path gpg, String... arguments) {
        var all = new java.util.ArrayList<>(List.of("--gpgdir", gpg.toString()));
        all.addAll(List.of(arguments));
        return StockTool.PACMAN_KEY.run(root, java.util.Map.of(), all, "");
    }

    private static Path artifact(Office office, String name) {
        return office.work().resolve(name + ".pkg.tar.zst");
    }

    private static void sign(Office office, String name) throws IOException {
        Path file = Files.writeString(artifact(office, name), "a package by " + name);
        office.run("sign", file.toString(), "--as", name, "--encoding", "binary")
                .assertStatus(0);
    }

    private static void trust(Office office, Path gpg, String name) {
        Path certificate = office.armoredCertificate(name);
        pacmanKey(gpg, "--add", certificate.toString()).assertStatus(0);
        String fingerprint = StockTool.GPG
                .run(
                        root,
                        "--homedir",
                        gpg.toString(),
                        "--batch",
                        "--with-colons",
                        "--show-keys",
                        certificate.toString())
                .output()
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .map(line -> line.split(":", -1)[9])
                .findFirst()
                .orElseThrow();
        assertEquals(40, fingerprint.length());
        pacmanKey(gpg, "--lsign-key", fingerprint).assertStatus(0);
    }

    private static void assertVerified(Office office, Path gpg, String name) throws IOException {
        Path file = artifact(office, name);
        pacmanKey(gpg, "--verify", file + ".sig", file.toString()).assertStatus(0);
        Path tampered = Files.writeString(root.resolve("tampered"), Files.readString(file) + "x");
        pacmanKey(gpg, "--verify", file + ".sig", tampered.toString()).assertFails();
        byte[] signature = Files.readAllBytes(Path.of(file + ".sig"));
        signature[signature.length - 5] ^= 1;
        Path damaged = Files.write(root.resolve("damaged.sig"), signature);
        pacmanKey(gpg, "--verify", damaged.toString(), file.toString()).assertFails();
        pacmanKey(gpg, "--verify", root.resolve("missing.sig").toString(), file.toString())
                .assertFails();
    }
}
