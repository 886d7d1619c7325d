// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import dev.chancery.certificates.CertifiedKeys;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.signeddata.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The keys of a keyring with their certificates, and what they signed.
final class NotationKeyring implements FormatKeyring {
    /// Whether a key made a signature.
    interface Check {
        boolean holds(PublicKey key, Jws jws);
    }

    private final CertifiedKeys keys;
    private final Check check;

    NotationKeyring(CertifiedKeys keys, Check check) {
        this.keys = keys;
        this.check = check;
    }

    @Override
    public Map<KeyId, Authority> owners() {
        return keys.authorities();
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        var jws = Jws.read(signatureFile);
        return List.of(keys.of(Certificate.read(jws.certificates().first()))
                .map(owner -> read(jws, owner))
                .orElseGet(() -> refused(
                        Reason.UNKNOWN_KEY, "no notation key of the keyring has the certificate that is in it")));
    }

    /// The signature first: what the key did not sign is not looked into.
    private ClaimedSignature read(Jws jws, CertifiedKeys.Owner owner) {
        var scheme = owner.key().scheme();
        if (scheme != Scheme.ECDSA_P256 && scheme != Scheme.ECDSA_P384) {
            return refused(Reason.UNSUPPORTED, "its key is of another kind than ECDSA with P-256 or P-384");
        }
        if (!check.holds(owner.key(), jws)) {
            return refused(Reason.OTHER_CONTENT, "the signature was changed: the key that it names did not make it");
        }
        var header = ProtectedHeader.read(Jws.bytes("protected header", jws.protectedHeader()));
        if (!header.algorithm().equals(NotationFormat.algorithm(scheme))) {
            return refused(Reason.UNSUPPORTED, "its algorithm is not that of its key");
        }
        return header.strange()
                .map(strange -> refused(Reason.UNSUPPORTED, strange))
                .orElseGet(
                        () -> new OfManifest(header, owner, TargetArtifact.read(Jws.bytes("payload", jws.payload()))));
    }

    private static ClaimedSignature refused(Reason reason, String sentence) {
        return new Refused(new Verdict.Bad(reason, sentence));
    }

    private record Refused(Verdict.Bad verdict) implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            return Set.of();
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            return verdict;
        }
    }

    /// Made by a key of the keyring.
    private record OfManifest(ProtectedHeader header, CertifiedKeys.Owner owner, TargetArtifact target)
            implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            return Set.of(Measure.digest(target.digest().algorithm()));
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            if (content.size() != target.size()
                    || !content.digest(target.digest().algorithm()).equals(target.digest())) {
                return new Verdict.Bad(Reason.OTHER_CONTENT, "it is over a manifest with another digest or size");
            }
            if (header.expires().filter(now::isAfter).isPresent()) {
                return new Verdict.Bad(
                        Reason.EXPIRED,
                        "it says that it ended at %s".formatted(header.expires().get()));
            }
            Optional<Verdict.Bad> fault = owner.fault(header.signedAt(), now);
            return fault.isPresent()
                    ? fault.get()
                    : new Verdict.Good(owner.authority(), owner.key().id(), header.signedAt());
        }
    }
}
