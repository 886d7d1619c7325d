// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.NumberedKey;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.ToBeSigned;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tests of this format have in common; signature files as anybody might write them.
final class Sample {
    static final Authority QA = new Authority("qa");
    static final FormatName MINISIGN = new FormatName("minisign");
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    static final MinisignSigning SIGNING = new MinisignSigning();
    static final MinisignVerifying VERIFYING = new MinisignVerifying(new SignatureChecks());

    private Sample() {}

    static MemoryKey key() {
        return MemoryKey.Pair.of(KeyAlgorithm.ED25519).bound(QA, MINISIGN, KeyPurpose.SIGN);
    }

    static SignatureTerms terms(Encoding encoding) {
        return new SignatureTerms(new ArtifactName("an artifact"), encoding, NOW);
    }

    static Bytes signature(MemoryKey key, byte[] content) {
        return SIGNING.sign(measured(content), terms(Encoding.ARMOR), key).bytes();
    }

    static FormatKeyring keyring(MemoryKey... keys) {
        var file = new ByteArrayOutputStream();
        for (var key : keys) {
            file.writeBytes(SIGNING.publish(new KeyPublication(key, Optional.empty(), "unused", NOW))
                    .toArray());
        }
        return keyring(Bytes.of(file.toByteArray()));
    }

    static FormatKeyring keyring(Bytes file) {
        return VERIFYING.keyring(Map.of(QA, file));
    }

    static Verdict verdict(FormatKeyring keyring, Bytes signature, Measured content) {
        return keyring.read(signature).getFirst().check(content, NOW);
    }

    static Measured measured(byte[] content) {
        var measures = List.of(Measure.content(), Measure.digest(DigestAlgorithm.BLAKE2B_512));
        return new ContentPass(new BouncyCastleHashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A file of the older kind, over the content itself.
    static Bytes legacy(MemoryKey key, byte[] content, String comment) {
        return file(key, "Ed", value(key, content), comment);
    }

    /// A file over the digest.
    static Bytes prehashed(MemoryKey key, byte[] content, String comment) {
        byte[] digest = measured(content).digest(DigestAlgorithm.BLAKE2B_512).bytes();
        return file(key, "ED", value(key, digest), comment);
    }

    /// A file around a first signature, with the second as it must be.
    static Bytes file(MemoryKey key, String algorithm, byte[] value, String comment) {
        var first = new ByteArrayOutputStream();
        first.writeBytes(algorithm.getBytes(StandardCharsets.US_ASCII));
        first.writeBytes(NumberedKey.of(key.key().publicKey()).number().toArray());
        first.writeBytes(value);
        var second = new ByteArrayOutputStream();
        second.writeBytes(value);
        second.writeBytes(comment.getBytes(StandardCharsets.UTF_8));
        return bytes("untrusted comment: x\n%s\ntrusted comment: %s\n%s\n"
                .formatted(base64(first.toByteArray()), comment, base64(value(key, second.toByteArray()))));
    }

    static byte[] value(MemoryKey key, byte[] message) {
        return key.sign(new ToBeSigned.OfMessage(Bytes.of(message))).bytes().toArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
