// SPDX-License-Identifier: Apache-2.0
package dev.chancery.raw;

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
import dev.chancery.key.PublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The raw keys of a keyring. A signature does not name its key, so each key of fitting size is tried.
final class RawKeyring implements FormatKeyring {
    /// Bytes: a signature is as long as the largest accepted RSA modulus, or shorter.
    static final int SIGNATURE_BYTES_MAX = PublicKey.RSA_BITS_MAX / 8;

    /// Whether a key made a signature over the content.
    interface Check {
        boolean holds(PublicKey key, Measured content, Bytes signature);
    }

    private final Map<PublicKey, Authority> owners;
    private final Check check;

    RawKeyring(Map<PublicKey, Authority> owners, Check check) {
        this.owners = owners;
        this.check = check;
    }

    @Override
    public Map<KeyId, Authority> owners() {
        var ids = new LinkedHashMap<KeyId, Authority>();
        owners.forEach((key, authority) -> ids.put(key.id(), authority));
        return ids;
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        if (signatureFile.length() == 0 || signatureFile.length() > SIGNATURE_BYTES_MAX) {
            throw new MalformedException(
                    "raw signature has %d bytes, not 1 to %d".formatted(signatureFile.length(), SIGNATURE_BYTES_MAX));
        }
        return List.of(new Claim(signatureFile));
    }

    private static boolean fits(PublicKey key, Bytes signature) {
        return switch (key.scheme()) {
            case ED25519 -> signature.length() == 64;
            case ECDSA_P256, ECDSA_P384 -> signature.length() <= 104;
            case RSA -> signature.length() == (key.bits() + 7) / 8;
        };
    }

    private final class Claim implements ClaimedSignature {
        private final Bytes signature;
        private final List<PublicKey> candidates;

        Claim(Bytes signature) {
            this.signature = signature;
            this.candidates =
                    owners.keySet().stream().filter(key -> fits(key, signature)).toList();
        }

        @Override
        public Set<Measure> measures() {
            return candidates.stream()
                    .map(key -> RawFormat.measure(key.scheme()))
                    .collect(Collectors.toSet());
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            return candidates.stream()
                    .filter(key -> check.holds(key, content, signature))
                    .findFirst()
                    .<Verdict>map(key -> new Verdict.Good(owner(key), key.id(), Optional.empty()))
                    .orElseGet(this::bad);
        }

        private Authority owner(PublicKey key) {
            return Objects.requireNonNull(owners.get(key));
        }

        private Verdict bad() {
            return candidates.isEmpty()
                    ? new Verdict.Bad(Reason.UNKNOWN_KEY, "no raw key of the keyring makes signatures of this length")
                    : new Verdict.Bad(
                            Reason.OTHER_CONTENT,
                            "no raw key of the keyring made it over this content: the content or the signature"
                                    + " was changed, or its key is not in the keyring");
        }
    }
}
