// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Timestamp;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.SignedData;
import dev.chancery.signeddata.SignerInfo;
import dev.chancery.timestamp.TimestampServices;
import dev.chancery.timestamp.TimestampToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Timestamps at signers: an unsigned attribute over the signature's value (RFC 3161, appendix A).
final class CmsTimestamps {
    /// `id-aa-timeStampToken`.
    static final String ATTRIBUTE = "1.2.840.113549.1.9.16.2.14";

    private final Optional<TimestampServices> services;

    /// The services that the keyring trusts; empty when it does not say.
    CmsTimestamps(Optional<TimestampServices> services) {
        this.services = services;
    }

    /// The same signature; where it counts, its timestamp is judged as well.
    ClaimedSignature judging(ClaimedSignature claim, SignerInfo info) {
        return info.unsigned().types().contains(ATTRIBUTE) ? new Stamped(claim, info) : claim;
    }

    private final class Stamped implements ClaimedSignature {
        private final ClaimedSignature claim;
        private final SignerInfo info;

        Stamped(ClaimedSignature claim, SignerInfo info) {
            this.claim = claim;
            this.info = info;
        }

        @Override
        public Set<Measure> measures() {
            return claim.measures();
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            return switch (claim.check(content, now)) {
                case Verdict.Good good -> good.stamped(timestamp(info, now));
                case Verdict.Bad bad -> bad;
            };
        }
    }

    /// Never throws: whoever has the file can put anything there.
    private Timestamp timestamp(SignerInfo info, Instant now) {
        var tokens = info.unsigned().values(ATTRIBUTE);
        if (services.isEmpty()) {
            return new Timestamp.Unproven("the keyring trusts no timestamp service");
        }
        if (tokens.size() != 1) {
            return new Timestamp.Unproven("the signature has %d timestamps, not one".formatted(tokens.size()));
        }
        try {
            return services.get().prove(TimestampToken.read(tokens.getFirst()), info.value(), now);
        } catch (ChanceryException e) {
            return new Timestamp.Unproven(e.sentence());
        }
    }

    static SignatureValue stamped(Bytes file) {
        return signer(DetachedSignature.read(file)).value();
    }

    /// The signer as it stands there, and behind it the attribute. Others would have to be looked at; ours
    /// have none.
    static Bytes stamp(Bytes file, Bytes token) {
        var data = DetachedSignature.read(file);
        var signer = signer(data);
        if (!signer.unsigned().types().isEmpty()) {
            throw new MalformedException(CmsFormat.SUBJECT + " has a timestamp or other unsigned attributes already");
        }
        byte[] attribute = DerWriter.sequence(
                DerWriter.oid(ATTRIBUTE),
                DerWriter.element(
                        DerReader.SET, TimestampToken.read(token).der().toArray()));
        byte[] stamped = DerWriter.sequence(
                new DerReader(CmsFormat.SUBJECT, data.signers().getFirst())
                        .content(DerReader.SEQUENCE)
                        .toArray(),
                DerWriter.element(SignerInfo.UNSIGNED_ATTRIBUTES, attribute));
        return new SignedData(
                        data.digestAlgorithms(),
                        data.content(),
                        data.certificates(),
                        data.revocationLists(),
                        List.of(Bytes.of(stamped)))
                .writeDetached(SignerInfo.version(signer.identifier()) == 3);
    }

    private static SignerInfo signer(SignedData data) {
        if (data.signers().size() != 1) {
            throw new MalformedException("%s has %d signers; a timestamp is for one"
                    .formatted(CmsFormat.SUBJECT, data.signers().size()));
        }
        return SignerInfo.read(CmsFormat.SUBJECT, data.signers().getFirst());
    }
}
