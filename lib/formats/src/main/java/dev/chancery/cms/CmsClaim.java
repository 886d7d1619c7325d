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
import java.time.Instant;
import java.util.Set;

/// One signer's signature, made by a key of the keyring if it is right. RFC 5652, section 5.4 says what is
/// hashed.
final class CmsClaim implements ClaimedSignature {
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
        return owner.fault(signedAt, now)
                .<Verdict>map(bad -> bad)
                .orElseGet(() -> new Verdict.Good(owner.authority(), owner.key().id(), signedAt));
    }

    /// Whether the key made the value over the signed attributes.
    static boolean holds(PublicKey key, SignerInfo info, DigestAlgorithm digest, SignatureCheck checks) {
        Bytes signed = info.signed().orElseThrow();
        return checks.holds(key, Algorithms.toBeSigned(key.scheme(), digest, signed), info.value());
    }
}
