// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.Envelope;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Tree;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The statement keys of a keyring. A hint may be anything, so every key is tried.
final class StatementKeyring implements FormatKeyring {
    /// Whether a key made an envelope's signature.
    interface Check {
        boolean holds(PublicKey key, Envelope envelope);
    }

    private final Map<PublicKey, Authority> owners;
    private final Check check;

    StatementKeyring(Map<PublicKey, Authority> owners, Check check) {
        this.owners = owners;
        this.check = check;
    }

    @Override
    public Map<KeyId, Authority> owners() {
        var ids = new LinkedHashMap<KeyId, Authority>();
        owners.forEach((key, authority) -> ids.put(key.id(), authority));
        return ids;
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        var bundle = Bundle.read(signatureFile);
        if (bundle.isEmpty()) {
            return List.of(new Known(
                    new Verdict.Bad(Reason.UNSUPPORTED, "the bundle has a certificate, not a plain key's signature")));
        }
        if (!(bundle.get().content() instanceof Envelope envelope)) {
            throw new MalformedException("the bundle holds no statement");
        }
        return List.of(read(envelope));
    }

    /// The signature first: what nobody of the keyring signed is not looked into.
    private ClaimedSignature read(Envelope envelope) {
        var owner = owners.entrySet().stream()
                .filter(entry -> check.holds(entry.getKey(), envelope))
                .findFirst();
        if (owner.isEmpty()) {
            return new Known(
                    new Verdict.Bad(Reason.UNKNOWN_KEY, "no statement key of the keyring made it, or it was changed"));
        }
        if (!envelope.payloadType().equals(StatementFormat.PAYLOAD_TYPE)) {
            return new Known(new Verdict.Bad(
                    Reason.UNSUPPORTED, "the envelope's payload is no %s".formatted(StatementFormat.PAYLOAD_TYPE)));
        }
        var statement = Statement.read(envelope.payload());
        var good = new Verdict.Good(owner.get().getValue(), owner.get().getKey().id(), Optional.empty())
                .stating(statement.said());
        return TreeManifest.isOne(statement)
                ? new OfTree(TreeManifest.read(statement), good)
                : new OfFiles(statement.subjects(), good);
    }

    /// What is known without the content.
    private record Known(Verdict verdict) implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            return Set.of();
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            return verdict;
        }
    }

    /// About files, each known by its digests.
    private record OfFiles(List<Subject> subjects, Verdict.Good good) implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            var measures = new HashSet<Measure>();
            subjects.forEach(subject ->
                    subject.digests().keySet().forEach(algorithm -> measures.add(Measure.digest(algorithm))));
            return measures;
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            if (subjects.stream().anyMatch(subject -> subject.is(content))) {
                return good;
            }
            return new Verdict.Bad(
                    Reason.OTHER_CONTENT,
                    "it is about %s with other content"
                            .formatted(subjects.size() == 1 ? "an artifact" : subjects.size() + " artifacts"));
        }
    }

    /// About a directory.
    private record OfTree(TreeManifest manifest, Verdict.Good good) implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            return Set.of(Measure.tree());
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            Tree there = content.tree().without(manifest.ignored());
            return there.equals(manifest.tree())
                    ? good
                    : new Verdict.Bad(Reason.OTHER_CONTENT, manifest.tree().differenceTo(there));
        }
    }
}
