// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.Reason;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the tests of this package have in common, and the files that ssh-keygen made.
final class Sample {
    static final Authority QA = new Authority("qa");
    static final FormatName SSHSIG = new FormatName("sshsig");
    static final SshSigSigning SIGNING = new SshSigSigning();
    static final SshSigVerifying VERIFYING = new SshSigVerifying(new SignatureChecks());
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    static final Measured CONTENT = measured(vector("content.txt").toArray());
    static final Bytes SIGNERS = vector("qa.allowed_signers");
    static final FormatKeyring KEYRING = VERIFYING.keyring(Map.of(QA, SIGNERS));

    private Sample() {}

    static Bytes vector(String name) {
        try (var file = Sample.class.getResourceAsStream("/vectors/sshsig/" + name)) {
            return Bytes.of(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }

    static MemoryKey key(KeyAlgorithm algorithm) {
        return MemoryKey.Pair.of(algorithm).bound(QA, SSHSIG, KeyPurpose.SIGN);
    }

    static Signature sign(Measured content, MemoryKey key) {
        return SIGNING.sign(content, new SignatureTerms(new ArtifactName("artifact"), Encoding.ARMOR, NOW), key);
    }

    static Bytes publish(MemoryKey key) {
        return SIGNING.publish(new KeyPublication(key, Optional.empty(), "unused", NOW));
    }

    static FormatKeyring keyring(MemoryKey... keys) {
        var lines = new StringBuilder();
        for (var key : keys) {
            lines.append(text(publish(key)));
        }
        return VERIFYING.keyring(Map.of(QA, bytes(lines.toString())));
    }

    static Measured measured(byte[] content) {
        var measures = List.of(
                Measure.content(), Measure.digest(DigestAlgorithm.SHA256), Measure.digest(DigestAlgorithm.SHA512));
        return new ContentPass(new BouncyCastleHashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }

    static Verdict verdict(FormatKeyring keyring, Bytes signature) {
        return keyring.read(signature).getFirst().check(CONTENT, NOW);
    }

    static Verdict.Bad bad(FormatKeyring keyring, Bytes signature) {
        return assertInstanceOf(Verdict.Bad.class, verdict(keyring, signature));
    }

    static Reason reason(FormatKeyring keyring, Bytes signature) {
        return bad(keyring, signature).reason();
    }
}
