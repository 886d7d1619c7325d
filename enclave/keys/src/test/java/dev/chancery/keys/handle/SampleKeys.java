// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Optional;

/// What the tests of all key providers start from.
public final class SampleKeys {
    public static final SecureRandom RANDOM = new SecureRandom();
    public static final Instant CREATED = Instant.parse("2026-11-21T12:00:00Z");

    private SampleKeys() {}

    public static NewKey newKey(KeyAlgorithm algorithm) {
        return new NewKey(
                new Authority("qa"),
                new FormatName("raw"),
                KeyPurpose.SIGN,
                algorithm,
                CREATED,
                Optional.empty(),
                Optional.empty());
    }

    /// JUnit's temporary directories have mode 0700 already; this one says so.
    public static Path privateDirectory(Path parent, String name) {
        try {
            return Files.createDirectory(
                    parent.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ToBeSigned toBeSigned(Scheme scheme, byte[] message) {
        return scheme.signsDigest()
                ? new ToBeSigned.OfDigest(digest(DigestAlgorithm.SHA512, message))
                : new ToBeSigned.OfMessage(Bytes.of(message));
    }

    public static Digest digest(DigestAlgorithm algorithm, byte[] message) {
        try {
            return new Digest(
                    algorithm,
                    java.security.MessageDigest.getInstance(algorithm.standardName())
                            .digest(message));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// By the JDK, which made none of the signatures but RSA's.
    public static boolean holds(PublicKey key, byte[] message, SignatureValue signature) {
        try {
            var verifier = Signature.getInstance(
                    switch (key.scheme()) {
                        case ED25519 -> "Ed25519";
                        case ECDSA_P256, ECDSA_P384 -> "SHA512withECDSA";
                        case RSA -> "SHA512withRSA";
                    });
            String family = switch (key.scheme()) {
                case ED25519 -> "Ed25519";
                case ECDSA_P256, ECDSA_P384 -> "EC";
                case RSA -> "RSA";
            };
            verifier.initVerify(KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(key.der())));
            verifier.update(message);
            return verifier.verify(signature.bytes().toArray());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// What a command printed, standard error included, after its exit code: `0 text`.
    public static String run(Path directory, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }
}
