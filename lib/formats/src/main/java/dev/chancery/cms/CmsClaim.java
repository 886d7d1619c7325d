// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureCheck;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.SignedData;
import dev.chancery.signeddata.SignerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One signer's signature, made by a key of the keyring if it is right. RFC 5652, section 5.4 says what is
/// hashed.
final class CmsClaim implements ClaimedSignature {
    /// How far a signer's clock may be ahead of ours: 30 minutes, as in all formats.
    static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(30);

    private final CmsKeyring.Signer signer;
    private final SignerInfo info;
    private final DigestAlgorithm digest;
    private final Attributes attributes;
    private final SignatureCheck checks;

    private CmsClaim(CmsKeyring.Signer signer, SignerInfo info, DigestAlgorithm digest, SignatureCheck checks) {
        this.signer = signer;
        this.info = info;
        this.digest = digest;
        this.attributes = Attributes.readSigned(CmsFormat.SUBJECT, info.signed().orElseThrow());
        this.checks = checks;
    }

    /// Throws `MalformedException` when the signed attributes are not right.
    static ClaimedSignature of(CmsKeyring.Signer signer, SignerInfo info, SignatureCheck checks) {
        if (info.signed().isEmpty()) {
            return CmsKeyring.refused(
                    Reason.UNSUPPORTED,
                    "it has no signed attributes, so what it covers could be another signature's attributes as well");
        }
        var digest = Algorithms.digest(info.digestAlgorithm());
        if (digest.isEmpty()) {
            return CmsKeyring.refused(
                    Reason.UNSUPPORTED,
                    "its digest algorithm %s is too weak or not known"
                            .formatted(info.digestAlgorithm().oid()));
        }
        var scheme = signer.owner().key().scheme();
        if (!Algorithms.fits(info.signatureAlgorithm(), scheme, digest.get())
                || (!scheme.signsDigest() && digest.get() != DigestAlgorithm.SHA512)) {
            return CmsKeyring.refused(
                    Reason.UNSUPPORTED,
                    "its signature algorithm %s is not known, or does not fit the key or the digest"
                            .formatted(info.signatureAlgorithm().oid()));
        }
        var claim = new CmsClaim(signer, info, digest.get(), checks);
        return claim.attributes.name(signer.certificate())
                ? claim.read()
                : CmsKeyring.refused(Reason.UNFIT_KEY, "it was made for another certificate than the one it names");
    }

    /// Reads what has to be there, so that its faults are found before the content is.
    private ClaimedSignature read() {
        if (!attributes.contentType().equals(SignedData.DATA)) {
            return CmsKeyring.refused(
                    Reason.UNSUPPORTED, "it is over content of type %s".formatted(attributes.contentType()));
        }
        attributes.messageDigest(digest);
        attributes.signingTime();
        return this;
    }

    @Override
    public Set<Measure> measures() {
        return Set.of(Measure.digest(digest));
    }

    @Override
    public Verdict check(Measured content, Instant now) {
        var owner = signer.owner();
        if (!attributes.messageDigest(digest).equals(content.digest(digest))) {
            return new Verdict.Bad(Reason.OTHER_CONTENT, "it is over content with another digest");
        }
        if (!holds(owner.key(), info, digest, checks)) {
            return new Verdict.Bad(
                    Reason.OTHER_CONTENT, "the signature was changed: the key that it names did not make it");
        }
        var signedAt = attributes.signingTime();
        return fault(owner, signedAt, now)
                .<Verdict>map(bad -> bad)
                .orElseGet(() -> new Verdict.Good(owner.authority(), owner.key().id(), signedAt));
    }

    /// Whether the key made the value over the signed attributes.
    static boolean holds(PublicKey key, SignerInfo info, DigestAlgorithm digest, SignatureCheck checks) {
        Bytes signed = info.signed().orElseThrow();
        return checks.holds(key, Algorithms.toBeSigned(key.scheme(), digest, signed), info.value());
    }

    /// A signature that does not say when it was made is judged as if it were made now.
    private static Optional<Verdict.Bad> fault(CmsKeyring.Owner owner, Optional<Instant> signedAt, Instant now) {
        if (signedAt.isPresent() && signedAt.get().isAfter(now.plus(CLOCK_SKEW_MAX))) {
            return Optional.of(new Verdict.Bad(
                    Reason.NOT_YET_VALID,
                    "it says that it was made at %s, which is still to come".formatted(signedAt.get())));
        }
        Instant time = signedAt.orElse(now);
        if (owner.isCertifiedAt(time)) {
            return Optional.empty();
        }
        boolean over = owner.certificates().stream()
                .allMatch(certificate -> certificate.notAfter().isBefore(time));
        return Optional.of(
                over
                        ? new Verdict.Bad(Reason.EXPIRED, "the certificate of its key had expired at " + time)
                        : new Verdict.Bad(Reason.UNFIT_KEY, "no certificate of its key is valid at " + time));
    }
}
