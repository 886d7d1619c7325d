// SPDX-License-Identifier: Apache-2.0
package dev.chancery.certificates;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.signeddata.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of a keyring with their certificates. What is trusted is a key; that a certificate authority issued
/// its certificate counts for nothing, so no other certificate of that authority does.
public final class CertifiedKeys {
    /// How far a signer's clock may be ahead of ours: 30 minutes, as in all formats.
    public static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(30);

    /// Whose a key is, and all its certificates in the keyring.
    public record Owner(Authority authority, PublicKey key, List<Certificate> certificates) {
        /// Why a signature that says that it was made then does not count; empty when nothing speaks against it. One
        /// that does not say when it was made is judged as if it were made now.
        public Optional<Verdict.Bad> fault(Optional<Instant> signedAt, Instant now) {
            if (signedAt.isPresent() && signedAt.get().isAfter(now.plus(CLOCK_SKEW_MAX))) {
                return Optional.of(new Verdict.Bad(
                        Reason.NOT_YET_VALID,
                        "it says that it was made at %s, which is still to come".formatted(signedAt.get())));
            }
            Instant time = signedAt.orElse(now);
            if (certificates.stream().anyMatch(certificate -> certificate.isValidAt(time))) {
                return Optional.empty();
            }
            boolean over = certificates.stream()
                    .allMatch(certificate -> certificate.notAfter().isBefore(time));
            return Optional.of(
                    over
                            ? new Verdict.Bad(Reason.EXPIRED, "the certificate of its key had expired at " + time)
                            : new Verdict.Bad(Reason.UNFIT_KEY, "no certificate of its key is valid at " + time));
        }
    }

    /// By `SubjectPublicKeyInfo`.
    private final Map<Bytes, Owner> owners = new LinkedHashMap<>();

    /// Reads the public key files of all authorities.
    public CertifiedKeys(FormatName format, Map<Authority, Bytes> files) {
        files.forEach((authority, file) ->
                CertificateFile.read(format, authority, file).forEach(owned -> add(format, authority, owned)));
    }

    private void add(FormatName format, Authority authority, CertificateFile.Owned owned) {
        var owner = owners.computeIfAbsent(
                owned.certificate().publicKeyInfo(), key -> new Owner(authority, owned.key(), new ArrayList<>()));
        if (!owner.authority().equals(authority)) {
            throw new MalformedException("%s key %s stands in the certificates of both %s and %s"
                    .formatted(format, owned.key().id(), owner.authority(), authority));
        }
        owner.certificates().add(owned.certificate());
    }

    public Collection<Owner> all() {
        return owners.values();
    }

    /// By the key of a certificate, whoever issued that.
    public Optional<Owner> of(Certificate certificate) {
        return Optional.ofNullable(owners.get(certificate.publicKeyInfo()));
    }

    public Map<KeyId, Authority> authorities() {
        var ids = new LinkedHashMap<KeyId, Authority>();
        owners.values().forEach(owner -> ids.put(owner.key().id(), owner.authority()));
        return ids;
    }
}
