// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

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
import dev.chancery.key.SignatureCheck;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tag keys of a keyring. A block's head says whose key made it, so only that authority's are tried.
final class TagKeyring implements FormatKeyring {
    private final Map<PublicKey, Authority> owners;
    private final SignatureCheck checks;

    TagKeyring(Map<PublicKey, Authority> owners, SignatureCheck checks) {
        this.owners = owners;
        this.checks = checks;
    }

    @Override
    public Map<KeyId, Authority> owners() {
        var ids = new LinkedHashMap<KeyId, Authority>();
        owners.forEach((key, authority) -> ids.put(key.id(), authority));
        return ids;
    }

    /// One claim for each block, over the payload that stands in the same file.
    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        var file = TagFile.parse(signatureFile);
        Bytes payload = file.payload().bytes();
        return file.blocks().stream()
                .<ClaimedSignature>map(block -> new Claim(payload, block))
                .toList();
    }

    private final class Claim implements ClaimedSignature {
        private final Bytes payload;
        private final SignatureBlock block;
        private final List<PublicKey> candidates;

        Claim(Bytes payload, SignatureBlock block) {
            this.payload = payload;
            this.block = block;
            this.candidates = owners.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(block.authority()))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public Set<Measure> measures() {
            return candidates.isEmpty() ? Set.of() : Set.of(Measure.content());
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            if (candidates.isEmpty()) {
                return new Verdict.Bad(
                        Reason.UNKNOWN_KEY, "the keyring has no tag key of %s".formatted(block.authority()));
            }
            if (!content.has(Measure.content()) || !content.content().equals(payload)) {
                return new Verdict.Bad(
                        Reason.OTHER_CONTENT,
                        "what %s signed stands in the same file, and is not this content".formatted(block.authority()));
            }
            var toBeSigned = TagFormat.toBeSigned(payload);
            for (PublicKey key : candidates) {
                if (checks.holds(key, toBeSigned, block.value())) {
                    return new Verdict.Good(block.authority(), key.id(), Optional.empty());
                }
            }
            return new Verdict.Bad(
                    Reason.OTHER_CONTENT,
                    "no tag key of %s made it over this text: the text or the signature was changed, or it is"
                                    .formatted(block.authority())
                            + " another's");
        }
    }
}
