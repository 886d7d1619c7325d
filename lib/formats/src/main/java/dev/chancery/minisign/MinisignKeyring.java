// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

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
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The minisign keys of a keyring, found by the number that a signature names.
final class MinisignKeyring implements FormatKeyring {
    /// How far a signer's clock may be ahead of the verifier's.
    static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(30);

    private final NumberedKeys keys;
    private final SignatureCheck checks;

    MinisignKeyring(NumberedKeys keys, SignatureCheck checks) {
        this.keys = keys;
        this.checks = checks;
    }

    @Override
    public Map<KeyId, Authority> owners() {
        return keys.owners();
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        return List.of(new Claim(MinisignSignature.parse(signatureFile)));
    }

    private final class Claim implements ClaimedSignature {
        private final MinisignSignature signature;
        private final List<PublicKey> candidates;

        Claim(MinisignSignature signature) {
            this.signature = signature;
            this.candidates = keys.numbered(signature.keyNumber());
        }

        @Override
        public Set<Measure> measures() {
            return candidates.isEmpty() ? Set.of() : Set.of(signature.measure());
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            if (candidates.isEmpty()) {
                return new Verdict.Bad(
                        Reason.UNKNOWN_KEY,
                        "no minisign key of the keyring has the number " + shown(signature.keyNumber()));
            }
            if (!content.has(signature.measure())) {
                return new Verdict.Bad(
                        Reason.UNSUPPORTED,
                        "it was made over the content itself, which has %d bytes, more than %d"
                                .formatted(content.size(), Measured.CONTENT_BYTES_MAX));
            }
            var overContent = signature.overContent(content);
            for (PublicKey key : candidates) {
                if (checks.holds(key, overContent, signature.value())) {
                    return checkComment(key, now);
                }
            }
            return new Verdict.Bad(
                    Reason.OTHER_CONTENT,
                    "the content or the signature was changed, or another key has the same number");
        }

        private Verdict checkComment(PublicKey key, Instant now) {
            if (!checks.holds(key, signature.overComment(), signature.globalValue())) {
                return new Verdict.Bad(
                        Reason.OTHER_CONTENT,
                        "its trusted comment is not the one that the key signed together with the content");
            }
            var signedAt = signature.comment().signedAt();
            if (signedAt.isPresent() && signedAt.get().isAfter(now.plus(CLOCK_SKEW_MAX))) {
                return new Verdict.Bad(
                        Reason.NOT_YET_VALID, "it was made at %s, in the future".formatted(signedAt.get()));
            }
            return new Verdict.Good(keys.owner(key), key.id(), signedAt);
        }

        /// As minisign shows it: the last byte first.
        private static String shown(Bytes number) {
            var shown = new StringBuilder();
            for (byte octet : number.toArray()) {
                shown.insert(0, HexFormat.of().withUpperCase().toHexDigits(octet));
            }
            return shown.toString();
        }
    }
}
