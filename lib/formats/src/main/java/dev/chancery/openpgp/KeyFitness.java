// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import java.util.Date;
import java.util.List;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;

/// Puts into words why a key was not fit to sign at a time. The decision itself was made before.
final class KeyFitness {
    private KeyFitness() {}

    /// Whether the key or its primary key had reached its end: the first second that is too late is the end itself,
    /// where
    /// Bouncy Castle still takes it.
    static boolean isExpired(OpenPgpKeyring.Candidate candidate, Date signedAt) {
        var primary = candidate.key().getCertificate().getPrimaryKey();
        return List.of(candidate.key(), primary).stream()
                .map(key -> expiry(key, signedAt))
                .anyMatch(end -> end != null && !signedAt.before(end));
    }

    static Verdict.Bad unfit(OpenPgpKeyring.Candidate candidate, Date signedAt) {
        var primary = candidate.key().getCertificate().getPrimaryKey();
        for (var key : List.of(candidate.key(), primary)) {
            var revocation = key.getRevocation(signedAt);
            if (revocation != null) {
                return new Verdict.Bad(
                        Reason.REVOKED,
                        "%s's key was revoked at %s%s"
                                .formatted(
                                        candidate.authority(),
                                        revocation.getCreationTime().toInstant(),
                                        revocation.isHardRevocation() ? " for all time, past and future" : ""));
            }
        }
        for (var key : List.of(candidate.key(), primary)) {
            Date end = expiry(key, signedAt);
            if (end != null && !signedAt.before(end)) {
                return new Verdict.Bad(
                        Reason.EXPIRED,
                        "%s's key expired at %s and the signature says %s"
                                .formatted(candidate.authority(), end.toInstant(), signedAt.toInstant()));
            }
        }
        return new Verdict.Bad(
                Reason.UNFIT_KEY,
                "%s's certificate did not entitle this key to sign at %s"
                        .formatted(candidate.authority(), signedAt.toInstant()));
    }

    private static @org.jspecify.annotations.Nullable Date expiry(
            OpenPGPCertificate.OpenPGPComponentKey key, Date signedAt) {
        return key.getLatestSelfSignature(signedAt) == null ? null : key.getKeyExpirationDateAt(signedAt);
    }
}
