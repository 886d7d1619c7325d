// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An authority with its two keys, and what the tests do with them.
record Sample(MemoryKey primary, MemoryKey signing) {
    static final Authority QA = new Authority("qa");
    static final Hashes HASHES = new BouncyCastleHashes();
    static final OpenPgpSigning SIGNING = new OpenPgpSigning(HASHES);
    static final OpenPgpVerifying VERIFYING = new OpenPgpVerifying(HASHES, new SignatureChecks());
    /// When the samples sign: a month after their keys were made.
    static final Instant NOW = MemoryKey.CREATED.plus(Duration.ofDays(30));

    static Sample of(KeyAlgorithm algorithm) {
        var format = OpenPgpFormat.DESCRIPTION.name();
        return new Sample(
                MemoryKey.Pair.of(KeyAlgorithm.ED25519).bound(QA, format, KeyPurpose.CERTIFY),
                MemoryKey.Pair.of(algorithm).bound(QA, format, KeyPurpose.SIGN));
    }

    Sample expiring(Instant end) {
        return new Sample(primary, signing.valid(MemoryKey.CREATED, Optional.of(end)));
    }

    Bytes certificate() {
        return SIGNING.publish(new KeyPublication(
                signing,
                Optional.of(new KeyPublication.Certifier(primary, new SecureRandom())),
                "QA <qa@example.org>",
                MemoryKey.CREATED));
    }

    Signature sign(Measured content, Encoding encoding) {
        return SIGNING.sign(content, terms(encoding, NOW), signing);
    }

    static SignatureTerms terms(Encoding encoding, Instant now) {
        return new SignatureTerms(new ArtifactName("artifact"), encoding, now);
    }

    FormatKeyring keyring() {
        return VERIFYING.keyring(Map.of(QA, certificate()));
    }

    /// The verdict over a file with one signature.
    static Verdict verdict(FormatKeyring keyring, Bytes file, Measured content) {
        return keyring.read(file).getFirst().check(content, NOW);
    }

    /// All that any format may want to know.
    static Measured measured(byte[] content) {
        Set<Measure> measures = new HashSet<>(List.of(Measure.content()));
        for (var algorithm : DigestAlgorithm.values()) {
            measures.add(Measure.digest(algorithm));
            if (algorithm.isResumable()) {
                for (var form : ContentForm.values()) {
                    measures.add(Measure.state(algorithm, form));
                }
            }
        }
        return new ContentPass(HASHES).measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }
}
