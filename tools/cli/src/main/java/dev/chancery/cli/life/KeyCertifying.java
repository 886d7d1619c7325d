// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.key.SigningKey;
import dev.chancery.life.CertificationPolicy;
import dev.chancery.life.Fingerprint;
import dev.chancery.openpgp.AuthorityCertificate;
import dev.chancery.openpgp.CertificateMaking;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Who certifies an authority's keys, and certifying somebody else's.
public final class KeyCertifying {
    private final KeyLife life;

    public KeyCertifying(KeyLife life) {
        this.life = life;
    }

    /// Their certificates first, then the policy that counts them.
    public void policy(int required, Collection<AuthorityCertificate> administrators, boolean dryRun) {
        var fingerprints = new TreeSet<Fingerprint>();
        administrators.forEach(one -> fingerprints.add(LifeDirectory.fingerprint(one)));
        var policy = new CertificationPolicy(required, fingerprints);
        if (dryRun) {
            return;
        }
        administrators.forEach(life::saveAdministrator);
        life.save(life.ledger().with(policy));
    }

    /// Throws `RefusedException` (rule `certificate-key`) when the certificate is not the one that was told of.
    public static void requireFingerprint(AuthorityCertificate certificate, Fingerprint told) {
        var found = LifeDirectory.fingerprint(certificate);
        if (!found.equals(told)) {
            throw new HintedException(
                    new RefusedException(
                            "certificate-key", "the file holds %s, and you were told %s".formatted(found, told)),
                    "ask again, on another way than that of the file");
        }
    }

    /// The minimal certificate with our word for each of its user IDs, armored.
    public static Bytes certify(LifeOffice office, Authority as, AuthorityCertificate certificate) {
        var making = new CertificateMaking(office.office().hashes(), primary(office, as), office.now());
        var certified = certificate.minimal();
        for (var userId : certificate.userIds()) {
            var word = making.certification(certificate.primary(), userId);
            certified = certified.with(word, List.of(ownCertificate(office, as)));
        }
        return certified.armored();
    }

    /// The only primary key of an authority, or that of the key by which it signs.
    private static SigningKey primary(LifeOffice office, Authority as) {
        var life = office.find(as);
        if (life.isPresent()) {
            return life.get().openPrimary(life.get().entry(Optional.empty()).certificate());
        }
        var primaries = office.office().primaryKeys();
        List<Key> own = primaries.keys().stream()
                .filter(key -> KeyLife.isPrimary(key) && key.authority().equals(as))
                .toList();
        if (own.size() != 1) {
            throw new RefusedException(
                    "no-primary", "%s has %d OpenPGP primary keys here, not one".formatted(as, own.size()));
        }
        return primaries.open(own.getFirst().id());
    }

    private static AuthorityCertificate ownCertificate(LifeOffice office, Authority as) {
        var life = office.find(as);
        if (life.isPresent()) {
            return life.get().certificate(life.get().entry(Optional.empty()).certificate());
        }
        var file = office.office().keyring().file(as, KeyLife.OPENPGP);
        return AuthorityCertificate.read(LifeDirectory.read(file));
    }
}
