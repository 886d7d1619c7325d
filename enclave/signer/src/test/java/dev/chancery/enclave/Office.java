// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Requester;
import dev.chancery.enclave.audit.AuditLog;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyId;
import dev.chancery.key.Scheme;
import dev.chancery.policy.Label;
import dev.chancery.policy.NamePattern;
import dev.chancery.policy.SigningRule;
import dev.chancery.policy.SigningRules;
import dev.chancery.policy.SigningScope;
import dev.chancery.protocol.SigningRequest;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the tests of the engine have in common: names, a rule, and an engine over a provider of theirs.
final class Office {
    static final Instant KEYS_MADE = Instant.parse("2026-01-02T03:04:05Z");
    static final Instant NOW = KEYS_MADE.plus(Duration.ofDays(30));
    static final Requester ALICE = new Requester("local:alice");
    static final Authority QA = new Authority("qa");
    static final Authority RELEASE = new Authority("release");
    static final FormatName OPENPGP = new FormatName("openpgp");
    static final FormatName RAW = new FormatName("raw");
    static final FormatName SSHSIG = new FormatName("sshsig");
    static final Hashes HASHES = new BouncyCastleHashes();
    static final Formats FORMATS = Formats.all(HASHES);

    private Office() {}

    /// Alice may ask QA for every format, for anything.
    static SigningRules rules() {
        return new SigningRules(List.of(rule("all", Set.of(OPENPGP, RAW, SSHSIG), "*", Artifact.SIZE_BYTES_MAX)));
    }

    static SigningRule rule(String name, Set<FormatName> formats, String pattern, long sizeMax) {
        var scope = new SigningScope(formats, List.of(new NamePattern(pattern)), sizeMax);
        return new SigningRule(new Label(name), List.of(ALICE), QA, scope);
    }

    static Engine engine(MemoryKeys keys) {
        return engine(rules(), keys);
    }

    static Engine engine(SigningRules rules, MemoryKeys keys) {
        return engine(rules, keys, (time, decision) -> {});
    }

    static Engine engine(SigningRules rules, MemoryKeys keys, AuditLog log) {
        var recorder = new Recorder(log, HASHES, Clock.fixed(NOW, ZoneOffset.UTC));
        return new Engine(rules, keys, FORMATS, recorder);
    }

    static MemoryKeys.MemoryKey key(Scheme scheme, FormatName format) {
        return MemoryKeys.MemoryKey.of(scheme, QA, format);
    }

    static SigningRequest request(FormatName format, Encoding encoding, byte[] content) {
        return request(format, encoding, measured(content));
    }

    static SigningRequest request(FormatName format, Encoding encoding, Measured content) {
        var target = new SigningRequest.Target(QA, format, Optional.empty());
        return new SigningRequest(target, encoding, new ArtifactName("artifact.tar.gz"), content);
    }

    static SigningRequest naming(SigningRequest request, KeyId key) {
        var target = new SigningRequest.Target(
                request.target().authority(), request.target().format(), Optional.of(key));
        return new SigningRequest(target, request.encoding(), request.name(), request.content());
    }

    static Measured measured(byte[] content) {
        var measures = List.of(
                Measure.content(),
                Measure.digest(DigestAlgorithm.SHA256),
                Measure.digest(DigestAlgorithm.SHA512),
                Measure.state(DigestAlgorithm.SHA512, ContentForm.BYTES),
                Measure.state(DigestAlgorithm.SHA512, ContentForm.CLEARTEXT));
        return new ContentPass(HASHES).measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }
}
