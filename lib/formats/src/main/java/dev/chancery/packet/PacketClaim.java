// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.openpgp.PGPSignature;

/// One signature packet and the keys that may have made it.
public final class PacketClaim implements ClaimedSignature {
    /// How far a signer's clock may be ahead of ours, as in Sequoia.
    public static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(30);

    private final ReadSignature read;
    private final PGPSignature signature;
    private final List<CertificateKeyring.Candidate> candidates;
    private final Checking checking;

    PacketClaim(ReadSignature read, List<CertificateKeyring.Candidate> candidates, Checking checking) {
        this.read = read;
        this.signature = read.signature();
        this.candidates = candidates;
        this.checking = checking;
    }

    @Override
    public Set<Measure> measures() {
        return rejectedUnseen().isPresent() ? Set.of() : Set.of(measure());
    }

    private Measure.OfState measure() {
        var form = signature.getSignatureType() == PacketNumbers.TYPE_TEXT ? ContentForm.TEXT : ContentForm.BYTES;
        return new Measure.OfState(read.hash().orElseThrow(), form, read.salt());
    }

    @Override
    public Verdict check(Measured content, Instant now) {
        return rejectedUnseen().<Verdict>map(bad -> bad).orElseGet(() -> checkSeen(content, now));
    }

    /// What can be said before the content is looked at.
    private Optional<Verdict.Bad> rejectedUnseen() {
        if (!checking.version().isOf(signature)) {
            return bad(
                    Reason.UNSUPPORTED,
                    "it is a version %d signature, not %d"
                            .formatted(
                                    signature.getVersion(), checking.version().number()));
        }
        if (!SelfSignature.isSound(signature, checking.version())) {
            return bad(Reason.UNSUPPORTED, "it has no signed creation time, or a critical part that is not known here");
        }
        int type = signature.getSignatureType();
        if (type != PacketNumbers.TYPE_BINARY && type != PacketNumbers.TYPE_TEXT) {
            return bad(
                    Reason.UNSUPPORTED, "it is an OpenPGP signature of type 0x%02x, not one over data".formatted(type));
        }
        if (read.hash().isEmpty()) {
            return bad(
                    Reason.UNSUPPORTED,
                    "its hash algorithm %d is not SHA-256, SHA-384 or SHA-512".formatted(signature.getHashAlgorithm()));
        }
        if (candidates.isEmpty()) {
            return bad(Reason.UNKNOWN_KEY, "it is by OpenPGP key %s, which is not in the keyring".formatted(issuer()));
        }
        return Optional.empty();
    }

    private static Optional<Verdict.Bad> bad(Reason reason, String sentence) {
        return Optional.of(new Verdict.Bad(reason, sentence));
    }

    private String issuer() {
        return Issuer.of(signature).map(Issuer::text).orElse("without a name");
    }

    /// Key IDs can collide, so there may be several candidates: one good verdict is enough.
    private Verdict checkSeen(Measured content, Instant now) {
        var measure = measure();
        var state = content.state(measure.algorithm(), measure.form(), measure.salt());
        var verdicts = candidates.stream()
                .map(candidate -> checkCandidate(candidate, state, now))
                .toList();
        return verdicts.stream()
                .filter(verdict -> verdict instanceof Verdict.Good)
                .findFirst()
                .orElse(verdicts.getFirst());
    }

    private Verdict checkCandidate(CertificateKeyring.Candidate candidate, HashState state, Instant now) {
        var key = Optional.of(candidate.key()).filter(checking.version()::isOf).flatMap(BouncyCastleReading::publicKey);
        if (key.isEmpty()) {
            return new Verdict.Bad(
                    Reason.UNSUPPORTED,
                    "its key is of a kind that is not verified here (algorithm "
                            + candidate.key().getAlgorithm() + ")");
        }
        var digest = checking.hashes().finish(state, signature.getSignatureTrailer());
        if (signature.getKeyAlgorithm() != candidate.key().getAlgorithm()
                || !checking.values().holds(key.get(), digest, SignatureValues.bytes(signature))) {
            return new Verdict.Bad(Reason.OTHER_CONTENT, candidate.authority() + "'s key did not sign this content");
        }
        return judged(candidate, now)
                .<Verdict>map(bad -> bad)
                .orElseGet(
                        () -> new Verdict.Good(candidate.authority(), key.get().id(), Optional.of(signedAt())));
    }

    private Instant signedAt() {
        return signature.getCreationTime().toInstant();
    }

    /// The value is right. Does the signature still stand, and was the key fit to make it at that time?
    private Optional<Verdict.Bad> judged(CertificateKeyring.Candidate candidate, Instant now) {
        if (signedAt().isAfter(now.plus(CLOCK_SKEW_MAX))) {
            return bad(Reason.NOT_YET_VALID, "it says that it was made at " + signedAt() + ", in the future");
        }
        if (SelfSignature.isExpired(signature, now)) {
            return bad(Reason.EXPIRED, "the signature itself has expired");
        }
        return candidate
                .certificate()
                .faultToSign(candidate.key(), signedAt())
                .map(fault -> new Verdict.Bad(fault.reason(), candidate.authority() + "'s key " + fault.words()));
    }
}
