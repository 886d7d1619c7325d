// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;
import org.bouncycastle.openpgp.api.OpenPGPPolicy;
import org.bouncycastle.openpgp.api.OpenPGPSignature;

/// One signature packet and the keys that may have made it.
final class OpenPgpClaim implements ClaimedSignature {
    /// How far a signer's clock may be ahead of ours, as in Sequoia.
    static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(30);

    private static final OpenPGPPolicy POLICY = new OpenPGPDefaultPolicy();

    private final PGPSignature signature;
    private final List<OpenPgpKeyring.Candidate> candidates;
    private final SignatureValues values;

    OpenPgpClaim(PGPSignature signature, List<OpenPgpKeyring.Candidate> candidates, SignatureValues values) {
        this.signature = signature;
        this.candidates = candidates;
        this.values = values;
    }

    @Override
    public Set<Measure> measures() {
        return rejectedUnseen().isPresent() ? Set.of() : Set.of(measure());
    }

    private Measure.OfState measure() {
        var form = signature.getSignatureType() == OpenPgpFormat.TYPE_TEXT ? ContentForm.TEXT : ContentForm.BYTES;
        return new Measure.OfState(hash().orElseThrow(), form);
    }

    private Optional<DigestAlgorithm> hash() {
        return switch (signature.getHashAlgorithm()) {
            case HashAlgorithmTags.SHA256 -> Optional.of(DigestAlgorithm.SHA256);
            case HashAlgorithmTags.SHA384 -> Optional.of(DigestAlgorithm.SHA384);
            case HashAlgorithmTags.SHA512 -> Optional.of(DigestAlgorithm.SHA512);
            default -> Optional.empty();
        };
    }

    @Override
    public Verdict check(Measured content, Instant now) {
        return rejectedUnseen().<Verdict>map(bad -> bad).orElseGet(() -> checkSeen(content, now));
    }

    /// What can be said before the content is looked at.
    private Optional<Verdict.Bad> rejectedUnseen() {
        if (signature.getVersion() != 4) {
            return bad(Reason.UNSUPPORTED, "it is a version %d signature, not 4".formatted(signature.getVersion()));
        }
        int type = signature.getSignatureType();
        if (type != OpenPgpFormat.TYPE_BINARY && type != OpenPgpFormat.TYPE_TEXT) {
            return bad(
                    Reason.UNSUPPORTED, "it is an OpenPGP signature of type 0x%02x, not one over data".formatted(type));
        }
        if (hash().isEmpty()) {
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
        var identifier = OpenPGPSignature.getMostExpressiveIdentifier(signature.getKeyIdentifiers());
        return identifier == null ? "without a name" : identifier.toString().toUpperCase(Locale.ROOT);
    }

    /// Key IDs can collide, so there may be several candidates: one good verdict is enough.
    private Verdict checkSeen(Measured content, Instant now) {
        var measure = measure();
        var state = content.state(measure.algorithm(), measure.form());
        var verdicts = candidates.stream()
                .map(candidate -> checkCandidate(candidate, state, now))
                .toList();
        return verdicts.stream()
                .filter(verdict -> verdict instanceof Verdict.Good)
                .findFirst()
                .orElse(verdicts.getFirst());
    }

    private Verdict checkCandidate(OpenPgpKeyring.Candidate candidate, HashState state, Instant now) {
        var key = candidate.key().getPGPPublicKey();
        var ours = BouncyCastleReading.publicKey(key);
        if (ours.isEmpty()) {
            return new Verdict.Bad(
                    Reason.UNSUPPORTED,
                    "its key is of a kind that is not verified here (algorithm %d)".formatted(key.getAlgorithm()));
        }
        try {
            if (signature.getCreationTime().before(key.getCreationTime())) {
                return new Verdict.Bad(
                        Reason.UNFIT_KEY, "it says that it was made at %s, before its key".formatted(signedAt()));
            }
            var document = new OpenPGPSignature.OpenPGPDocumentSignature(signature, candidate.key());
            signature.init(values.after(state), key);
            if (!document.verify()) {
                return new Verdict.Bad(
                        Reason.OTHER_CONTENT, "%s's key did not sign this content".formatted(candidate.authority()));
            }
            return judged(candidate, document, now)
                    .<Verdict>map(bad -> bad)
                    .orElseGet(() ->
                            new Verdict.Good(candidate.authority(), ours.get().id(), Optional.of(signedAt())));
        } catch (PGPException | RuntimeException e) {
            // The bytes come from outside and Bouncy Castle throws more than it declares; none of it is a yes.
            return new Verdict.Bad(Reason.MALFORMED, "it could not be checked: " + e.getMessage());
        }
    }

    private Instant signedAt() {
        return signature.getCreationTime().toInstant();
    }

    /// The value is right. Was the key fit to sign at that time, and does the signature still stand?
    private Optional<Verdict.Bad> judged(
            OpenPgpKeyring.Candidate candidate, OpenPGPSignature.OpenPGPDocumentSignature document, Instant now)
            throws PGPException {
        if (signedAt().isAfter(now.plus(CLOCK_SKEW_MAX))) {
            return bad(Reason.NOT_YET_VALID, "it says that it was made at %s, in the future".formatted(signedAt()));
        }
        Date end = document.getExpirationTime();
        if (end != null && !now.isBefore(end.toInstant())) {
            return bad(Reason.EXPIRED, "the signature itself expired at %s".formatted(end.toInstant()));
        }
        boolean fit = document.isValid(POLICY) && !KeyFitness.isExpired(candidate, signature.getCreationTime());
        return fit ? Optional.empty() : Optional.of(KeyFitness.unfit(candidate, signature.getCreationTime()));
    }
}
