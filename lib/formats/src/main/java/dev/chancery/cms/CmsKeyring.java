// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.certificates.CertifiedKeys;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyId;
import dev.chancery.key.SignatureCheck;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.SignerInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The keys of a keyring with their certificates. What is trusted is a key; that a certificate authority issued
/// its certificate counts for nothing, so no other certificate of that authority does.
final class CmsKeyring implements FormatKeyring {
    /// The signer whom the keyring knows, and the certificate that a signature names.
    record Signer(CertifiedKeys.Owner owner, Certificate certificate) {}

    private final CertifiedKeys keys;
    private final SignatureCheck checks;
    private final CmsTimestamps timestamps;

    private CmsKeyring(CertifiedKeys keys, SignatureCheck checks, CmsTimestamps timestamps) {
        this.keys = keys;
        this.checks = checks;
        this.timestamps = timestamps;
    }

    static CmsKeyring read(Map<Authority, Bytes> files, CmsTimestamps timestamps, SignatureCheck checks) {
        return new CmsKeyring(new CertifiedKeys(CmsFormat.DESCRIPTION.name(), files), checks, timestamps);
    }

    @Override
    public Map<KeyId, Authority> owners() {
        return keys.authorities();
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        var data = DetachedSignature.read(signatureFile);
        var certificates = data.certificates().stream().map(Certificate::read).toList();
        return data.signers().stream()
                .map(signer -> claimed(signer, certificates))
                .toList();
    }

    /// A signer that cannot be read takes none of the others with it. Names of certificates are anybody's
    /// choice, so more than one may answer to what a signer names; each is tried.
    private ClaimedSignature claimed(Bytes der, List<Certificate> carried) {
        try {
            var info = SignerInfo.read(CmsFormat.SUBJECT, der);
            var claims = candidates(info.identifier(), carried).stream()
                    .map(signer -> CmsClaim.of(signer, info, checks))
                    .sorted(Comparator.comparing(Refused.class::isInstance))
                    .toList();
            return claims.isEmpty()
                    ? refused(Reason.UNKNOWN_KEY, "no cms key of the keyring has the certificate that the signer names")
                    : timestamps.judging(new AnyOf(claims), info);
        } catch (MalformedException e) {
            return refused(Reason.MALFORMED, e.sentence());
        }
    }

    /// By the keyring's own certificates, and by those that the file carries if their keys are the keyring's.
    private Set<Signer> candidates(SignerInfo.Identifier identifier, List<Certificate> carried) {
        var candidates = new LinkedHashSet<Signer>();
        for (var owner : keys.all()) {
            owner.certificates().stream()
                    .filter(identifier::names)
                    .forEach(certificate -> candidates.add(new Signer(owner, certificate)));
        }
        for (var certificate : carried) {
            if (identifier.names(certificate)) {
                keys.of(certificate).ifPresent(owner -> candidates.add(new Signer(owner, certificate)));
            }
        }
        return candidates;
    }

    /// A signature that counts if it does for one of several certificates; mostly there is one. Why it does
    /// not, the first says, which is one that it was made for if there is such a one.
    private record AnyOf(List<ClaimedSignature> claims) implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            var measures = new LinkedHashSet<Measure>();
            claims.forEach(claim -> measures.addAll(claim.measures()));
            return measures;
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            var verdicts =
                    claims.stream().map(claim -> claim.check(content, now)).toList();
            return verdicts.stream()
                    .filter(Verdict.Good.class::isInstance)
                    .findFirst()
                    .orElse(verdicts.getFirst());
        }
    }

    static ClaimedSignature refused(Reason reason, String sentence) {
        return new Refused(new Verdict.Bad(reason, sentence));
    }

    /// A signature of which enough is known without the content.
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
}
