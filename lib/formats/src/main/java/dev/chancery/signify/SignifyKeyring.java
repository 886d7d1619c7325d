// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signify;

import dev.chancery.algorithms.NumberedKeys;
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
import dev.chancery.key.ToBeSigned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The signify keys of a keyring, found by the number that a signature names.
final class SignifyKeyring implements FormatKeyring {
    private final NumberedKeys keys;
    private final SignatureCheck checks;

    SignifyKeyring(NumberedKeys keys, SignatureCheck checks) {
        this.keys = keys;
        this.checks = checks;
    }

    @Override
    public Map<KeyId, Authority> owners() {
        return keys.owners();
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        return List.of(new Claim(SignifySignature.parse(signatureFile)));
    }

    private final class Claim implements ClaimedSignature {
        private final SignifySignature signature;
        private final List<PublicKey> candidates;

        Claim(SignifySignature signature) {
            this.signature = signature;
            this.candidates = keys.numbered(signature.keyNumber());
        }

        @Override
        public Set<Measure> measures() {
            return candidates.isEmpty() ? Set.of() : Set.of(Measure.content());
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            if (candidates.isEmpty()) {
                return new Verdict.Bad(
                        Reason.UNKNOWN_KEY, "no signify key of the keyring has the number " + signature.keyNumber());
            }
            if (!content.has(Measure.content())) {
                return new Verdict.Bad(
                        Reason.UNSUPPORTED,
                        "it was made over the content itself, which has %d bytes, more than %d"
                                .formatted(content.size(), Measured.CONTENT_BYTES_MAX));
            }
            var message = new ToBeSigned.OfMessage(content.content());
            for (PublicKey key : candidates) {
                if (checks.holds(key, message, signature.value())) {
                    return new Verdict.Good(keys.owner(key), key.id(), Optional.empty());
                }
            }
            return new Verdict.Bad(
                    Reason.OTHER_CONTENT,
                    "the content or the signature was changed, or another key has the same number");
        }
    }
}
