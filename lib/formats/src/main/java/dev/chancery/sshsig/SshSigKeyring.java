// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Quoted;
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

/// The SSH keys of a keyring, found by the bytes that a signature names its key with. A key has one encoding only, so a
/// signature by a key in another encoding is one by an unknown key.
final class SshSigKeyring implements FormatKeyring {
    /// Whose a key is, and its line.
    record Owner(Authority authority, AllowedSigner signer) {}

    /// Whether a key made a signature over the content.
    interface Check {
        boolean holds(PublicKey key, SshSignature signature, SshSignature.Value value, Measured content);
    }

    private final Map<Bytes, Owner> owners;
    private final Check check;

    SshSigKeyring(Map<Bytes, Owner> owners, Check check) {
        this.owners = owners;
        this.check = check;
    }

    @Override
    public Map<KeyId, Authority> owners() {
        var ids = new LinkedHashMap<KeyId, Authority>();
        owners.values().forEach(owner -> ids.put(owner.signer().key().id(), owner.authority()));
        return ids;
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        return List.of(claimed(SshSignature.read(signatureFile)));
    }

    /// From what is least known to what is best: version, type, key, algorithms, namespace.
    private ClaimedSignature claimed(SshSignature signature) {
        if (signature.version() != SshSigFormat.VERSION) {
            return refused(
                    Reason.UNSUPPORTED, "its version is " + Integer.toUnsignedString(signature.version()) + ", not 1");
        }
        String type = signature.keyType();
        if (!SshPublicKey.isSupported(type)) {
            return refused(Reason.UNSUPPORTED, "its key " + SshPublicKey.unsupported(type));
        }
        var owner = owners.get(signature.publicKey());
        if (owner == null) {
            String fingerprint = SshPublicKey.fingerprint(signature.publicKey());
            return refused(Reason.UNKNOWN_KEY, "its key " + fingerprint + " is not in the keyring");
        }
        var value = signature.value(owner.signer().key().scheme());
        if (value.isEmpty()) {
            return refused(
                    Reason.UNSUPPORTED,
                    "its algorithm %s is too weak, not known, or not for a key of type %s"
                            .formatted(Quoted.text(signature.algorithm()), type));
        }
        if (signature.hash().isEmpty()) {
            return refused(
                    Reason.UNSUPPORTED,
                    "its hash %s is not sha256 or sha512".formatted(Quoted.text(signature.hashAlgorithm())));
        }
        if (!owner.signer().allows(signature.namespace())) {
            return refused(
                    Reason.UNFIT_KEY,
                    "its namespace is %s, and the key may only sign for %s"
                            .formatted(
                                    Quoted.text(signature.namespace()),
                                    owner.signer().namespaceList()));
        }
        return new Claim(owner, signature, value.get());
    }

    private static ClaimedSignature refused(Reason reason, String sentence) {
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

    private final class Claim implements ClaimedSignature {
        private final Owner owner;
        private final SshSignature signature;
        private final SshSignature.Value value;

        Claim(Owner owner, SshSignature signature, SshSignature.Value value) {
            this.owner = owner;
            this.signature = signature;
            this.value = value;
        }

        @Override
        public Set<Measure> measures() {
            return Set.of(Measure.digest(signature.hash().orElseThrow()));
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            var signer = owner.signer();
            if (!check.holds(signer.key(), signature, value, content)) {
                return new Verdict.Bad(
                        Reason.OTHER_CONTENT, "it is not over this content: the content or the signature was changed");
            }
            return signer.fault(now)
                    .<Verdict>map(bad -> bad)
                    .orElseGet(() ->
                            new Verdict.Good(owner.authority(), signer.key().id(), Optional.empty()));
        }
    }
}
