// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sigstore;

import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.Envelope;
import dev.chancery.bundle.MessageSignature;
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
import java.util.Optional;
import java.util.Set;

/// The sigstore keys of a keyring. A hint may be anything, so every key is tried.
final class SigstoreKeyring implements FormatKeyring {
    /// Whether a key made a bundle's signature over the bundle's digest.
    interface Check {
        boolean holds(PublicKey key, MessageSignature signed);
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
        return List.of(Bundle.read(signatureFile).map(this::claim).orElseGet(Foreign::new));
    }

    private ClaimedSignature claim(Bundle bundle) {
        return switch (bundle.content()) {
            case MessageSignature signed -> new Claim(bundle.hint(), signed);
            case Envelope statement ->
                throw new MalformedException("the bundle holds a statement, not a file's signature");
        };
    }

    /// A bundle whose signer is a certificate.
    private static final class Foreign implements ClaimedSignature {
        @Override
        public Set<Measure> measures() {
            return Set.of();
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            return new Verdict.Bad(Reason.UNSUPPORTED, "the bundle has a certificate, not a plain key's signature");
        }
    }

    private final class Claim implements ClaimedSignature {
        private final String hint;
        private final MessageSignature signed;

        Claim(String hint, MessageSignature signed) {
            this.hint = hint;
            this.signed = signed;
        }

        @Override
        public Set<Measure> measures() {
            return Set.of(Measure.digest(signed.digest().algorithm()));
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            if (!content.digest(signed.digest().algorithm()).equals(signed.digest())) {
                return new Verdict.Bad(Reason.OTHER_CONTENT, "it is over content with another digest");
            }
            for (var owner : owners.entrySet()) {
                if (check.holds(owner.getKey(), signed)) {
                    return new Verdict.Good(owner.getValue(), owner.getKey().id(), Optional.empty());
                }
            }
            boolean named = owners.keySet().stream()
                    .anyMatch(key -> SigstoreFormat.hint(key).equals(hint));
            return named
                    ? new Verdict.Bad(
                            Reason.OTHER_CONTENT, "the signature was changed: the key that it names did not make it")
                    : new Verdict.Bad(Reason.UNKNOWN_KEY, "no sigstore key of the keyring made it");
        }
    }
}
