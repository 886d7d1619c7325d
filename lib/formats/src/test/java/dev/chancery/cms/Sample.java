// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

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
import dev.chancery.format.Reason;
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
    static final FormatName CMS = new FormatName("cms");
    static final SignatureChecks CHECKS = new SignatureChecks();
    static final CmsSigning SIGNING = new CmsSigning(CHECKS);
    static final CmsVerifying VERIFYING = new CmsVerifying(CHECKS);
    static final Certifying CERTIFYING = new Certifying(CHECKS, Certifying.Purpose.ANY);
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    static final Measured CONTENT = measured("what is signed\n".getBytes(StandardCharsets.US_ASCII));
    static final Measured OTHER_CONTENT = measured(new byte[1]);

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
    }

    static Certified key(KeyAlgorithm algorithm) {
        return key(algorithm, QA);
    }

    static Certified key(KeyAlgorithm algorithm, Authority authority) {
        return certified(MemoryKey.Pair.of(algorithm).bound(authority, CMS, KeyPurpose.SIGN));
    }

    static Certified certified(MemoryKey key) {
        return new Certified(key, Optional.of(CERTIFYING.selfSigned(key)));
    }

    static Signature sign(SigningKey key) {
        return sign(key, NOW);
    }

    static Signature sign(SigningKey key, Instant now) {
        return SIGNING.sign(CONTENT, new SignatureTerms(new ArtifactName("artifact"), Encoding.BINARY, now), key);
    }

    static Bytes publish(SigningKey key) {
        return SIGNING.publish(new KeyPublication(key, Optional.empty(), "unused", NOW));
    }

    /// With each key as that of its own authority.
    static FormatKeyring keyring(SigningKey... keys) {
        var files = new java.util.LinkedHashMap<Authority, Bytes>();
        for (var key : keys) {
            files.put(key.key().authority(), publish(key));
        }
        return VERIFYING.keyring(files);
    }

    static FormatKeyring keyring(Bytes file) {
        return VERIFYING.keyring(Map.of(QA, file));
    }

    static Measured measured(byte[] content) {
        var measures = List.of(
                Measure.digest(DigestAlgorithm.SHA256),
                Measure.digest(DigestAlgorithm.SHA384),
                Measure.digest(DigestAlgorithm.SHA512));
        return new ContentPass(new BouncyCastleHashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }

    static List<Verdict> verdicts(FormatKeyring keyring, Bytes signature, Instant now) {
        return keyring.read(signature).stream()
                .map(claimed -> claimed.check(CONTENT, now))
                .toList();
    }

    static Verdict verdict(FormatKeyring keyring, Bytes signature) {
        return verdicts(keyring, signature, NOW).getFirst();
    }

    static Verdict.Bad bad(FormatKeyring keyring, Bytes signature) {
        return assertInstanceOf(Verdict.Bad.class, verdict(keyring, signature));
    }

    static Reason reason(FormatKeyring keyring, Bytes signature) {
        return bad(keyring, signature).reason();
    }
}
