// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Salt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Optional;

/// A directory with an artifact and a keyring, and authorities who sign it with keys made here.
final class Desk {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    final Path artifact;
    final Path keyring;
    private final Hashes hashes = new BouncyCastleHashes();
    private final Formats formats = Formats.all(hashes);

    Desk(Path directory) throws IOException {
        artifact = Files.writeString(directory.resolve("app.jar"), "content of the jar");
        keyring = Files.createDirectory(directory.resolve("keyring"));
    }

    static KeyPair pair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair p256() {
        return pair("EC", 256);
    }

    static KeyPair ed25519() {
        return pair("Ed25519", 0);
    }

    /// Signs the artifact with a new key, whose public half goes into the keyring. Answers the signature file.
    Path sign(String authority, String format, KeyPair pair) throws IOException {
        var ours = formats.get(new FormatName(format));
        var key = ProgramKey.of(new Authority(authority), ours.description(), pair);
        var publication = new KeyPublication(key, Optional.empty(), "", NOW);
        var name = authority + ours.description().publicKeys().suffix();
        write(keyring.resolve(name), ours.signing().publish(publication).toArray());
        var encoding = ours.description().defaultEncoding();
        var measures = ours.signing().measures(key.key().publicKey().scheme(), encoding, Salt.NONE);
        var content = FileVerifier.measure(artifact, hashes, measures);
        var terms = new SignatureTerms(new ArtifactName("app.jar"), encoding, NOW);
        var signature = ours.signing().sign(content, terms, key);
        var file = artifact.resolveSibling(
                "app.jar." + authority + ours.description().suffix(encoding));
        return write(file, signature.bytes().toArray());
    }

    /// Three authorities, each in a format of its own.
    void sign() throws IOException {
        sign("jenkins-prd", "raw", p256());
        sign("qa", "minisign", ed25519());
        sign("release", "sigstore", p256());
    }

    void publish(Attestor attestor) throws IOException {
        write(
                keyring.resolve(attestor.publicKeyFileName()),
                attestor.publicKeyFile().toArray());
    }

    private static Path write(Path file, byte[] bytes) throws IOException {
        return Files.write(file, bytes);
    }
}
