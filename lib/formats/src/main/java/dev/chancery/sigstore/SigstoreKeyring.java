// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sigstore;

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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The sigstore keys of a keyring. A hint may be anything, so every key is tried.
final class SigstoreKeyring implements FormatKeyring {
    /// Whether a key made a bundle's signature over the bundle's digest.
    interface Check {
        boolean holds(PublicKey key, Bundle bundle);
    }

    private final Map<PublicKey, Authority> owners;
    private final Check check;

    SigstoreKeyring(Map<PublicKey, Authority> owners, Check check) {
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
        return List.of(
                Bundle.read(signatureFile).<ClaimedSignature>map(Claim::new).orElseGet(Foreign::new));
    }

    /// A bundle whose signer is a certificate, or that signs a statement.
    private static final class Foreign implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            return Set.of();
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            return new Verdict.Bad(
                    Reason.UNSUPPORTED, "the bundle has a certificate or a statement, not a plain key's signature");
        }
    }

    private final class Claim implements ClaimedSignature {
        private final Bundle bundle;

        Claim(Bundle bundle) {
            this.bundle = bundle;
        }

        @Override
        public Set<Measure> measures() {
            return Set.of(Measure.digest(bundle.digest().algorithm()));
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            if (!content.digest(bundle.digest().algorithm()).equals(bundle.digest())) {
                return new Verdict.Bad(Reason.OTHER_CONTENT, "it is over content with another digest");
            }
            for (var owner : owners.entrySet()) {
                if (check.holds(owner.getKey(), bundle)) {
                    return new Verdict.Good(owner.getValue(), owner.getKey().id(), Optional.empty());
                }
            }
            boolean named =
                    owners.keySet().stream().anyMatch(key -> Bundle.hint(key).equals(bundle.hint()));
            return named
                    ? new Verdict.Bad(
                            Reason.OTHER_CONTENT, "the signature was changed: the key that it names did not make it")
                    : new Verdict.Bad(Reason.UNKNOWN_KEY, "no sigstore key of the keyring made it");
        }
    }
}
