// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.certificates.Certifying;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tests of this package have in common.
final class Sample {
    static final Authority QA = new Authority("qa");
    static final FormatName NOTATION = new FormatName("notation");
    static final SignatureChecks CHECKS = new SignatureChecks();
    static final NotationSigning SIGNING = new NotationSigning(CHECKS);
    static final NotationVerifying VERIFYING = new NotationVerifying(CHECKS);
    static final Certifying CERTIFYING = new Certifying(CHECKS, Certifying.Purpose.CODE);
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00.123Z");
    static final String MANIFEST = "{\"schemaVersion\":2,\"mediaType\":"
            + "\"application/vnd.oci.image.manifest.v1+json\",\"config\":{},\"layers\":[]}";
    static final Measured CONTENT = measured(MANIFEST);

    private Sample() {}

    /// A key with its certificates.
    record Certified(MemoryKey memory, Optional<CertificateChain> certificates) implements SigningKey {
        @Override
        public Key key() {
            return memory.key();
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            return memory.sign(toBeSigned);
        }

        Certified with(Bytes... chain) {
            return new Certified(memory, Optional.of(new CertificateChain(List.of(chain))));
        }
    }

    static Certified key(KeyAlgorithm algorithm) {
        var key = MemoryKey.Pair.of(algorithm).bound(QA, NOTATION, KeyPurpose.SIGN);
        return new Certified(key, Optional.of(CERTIFYING.selfSigned(key)));
    }

    static Measured measured(String content) {
        var measures = List.of(
                Measure.content(),
                Measure.digest(DigestAlgorithm.SHA256),
                Measure.digest(DigestAlgorithm.SHA384),
                Measure.digest(DigestAlgorithm.SHA512));
        return new ContentPass(new BouncyCastleHashes())
                .measure(
                        Channels.newChannel(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))),
                        measures);
    }

    static Signature sign(Measured content, Instant now, SigningKey key) {
        return SIGNING.sign(content, new SignatureTerms(new ArtifactName("app"), Encoding.ARMOR, now), key);
    }

    static FormatKeyring keyring(SigningKey key) {
        return VERIFYING.keyring(Map.of(QA, SIGNING.publish(new KeyPublication(key, Optional.empty(), "unused", NOW))));
    }

    static Verdict verdict(FormatKeyring keyring, Bytes file, Measured content, Instant now) {
        return keyring.read(file).getFirst().check(content, now);
    }
}
