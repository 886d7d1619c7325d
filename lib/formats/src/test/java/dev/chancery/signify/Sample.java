// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signify;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
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
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tests of this format have in common.
final class Sample {
    static final Authority QA = new Authority("qa");
    static final FormatName SIGNIFY = new FormatName("signify");
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    static final SignifySigning SIGNING = new SignifySigning();
    static final SignifyVerifying VERIFYING = new SignifyVerifying(new SignatureChecks());

    private Sample() {}

    static MemoryKey key() {
        return MemoryKey.Pair.of(KeyAlgorithm.ED25519).bound(QA, SIGNIFY, KeyPurpose.SIGN);
    }

    static SignatureTerms terms(Encoding encoding) {
        return new SignatureTerms(new ArtifactName("artifact"), encoding, NOW);
    }

    static Bytes published(MemoryKey key) {
        return SIGNING.publish(new KeyPublication(key, Optional.empty(), "unused", NOW));
    }

    static FormatKeyring keyring(Bytes file) {
        return VERIFYING.keyring(Map.of(QA, file));
    }

    static Verdict verdict(FormatKeyring keyring, Bytes signature, Measured content) {
        return keyring.read(signature).getFirst().check(content, NOW);
    }

    static Measured measured(byte[] content) {
        return new ContentPass(new BouncyCastleHashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(content)), List.of(Measure.content()));
    }
}
