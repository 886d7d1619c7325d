// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.life.KeyState;
import dev.chancery.life.Ledger;
import dev.chancery.openpgp.AuthorityCertificate;
import dev.chancery.openpgp.KeyPacket;
import dev.chancery.openpgp.RevocationReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Changes what certificates say: another end, a revocation, other people's certifications. The certificate
/// comes first, then what is published of it, then the ledger; but a key that is to be revoked stops signing
/// before all.
public final class KeyChange {
    private final LifeOffice office;
    private final KeyLife life;

    public KeyChange(LifeOffice office, KeyLife life) {
        this.office = office;
        this.life = life;
    }

    /// Another end for a signing key, by its primary key, and for the primary key where that would end before.
    /// Soft revocations in escrow are made anew, for a new binding outlives those of before.
    public void extend(Ledger.Entry entry, Instant end, Optional<Escrow> escrow) {
        requireExtendable(entry, end);
        var certificate = life.certificate(entry.certificate());
        var packet = life.packet(entry);
        boolean done = certificate.end(packet, life.reading()).equals(Optional.of(end));
        if (!done) {
            certificate = extended(certificate, packet, end);
        }
        if (isPublished(entry)) {
            life.publish();
        }
        if (escrow.isPresent()) {
            for (var key : List.of(certificate.primary(), packet)) {
                var sealing = new Escrow.Sealing(life, life.making(certificate));
                escrow.get().seal(office, certificate, key, sealing);
            }
        }
        life.save(life.ledger());
    }

    private void requireExtendable(Ledger.Entry entry, Instant end) {
        var facts = life.facts(entry);
        var state = life.state(entry);
        if (state.isRevoked()) {
            throw new RefusedException(
                    "key-state", "%s is %s and is not extended".formatted(life.subject(entry), state.label()));
        }
        if (state == KeyState.EXPIRED) {
            state.requireBecoming(facts.expiring(Optional.of(end)).state(life.now()), life.subject(entry));
        }
        if (!end.isAfter(life.now())) {
            throw new MalformedException("end %s is not in the future".formatted(end));
        }
    }

    private AuthorityCertificate extended(AuthorityCertificate certificate, KeyPacket packet, Instant end) {
        var making = life.making(certificate);
        var grown = certificate;
        var primaryEnd = certificate.end(certificate.primary(), life.reading());
        if (primaryEnd.isPresent() && primaryEnd.get().isBefore(end)) {
            for (var userId : certificate.userIds()) {
                grown = life.grow(grown, making.userId(userId, Optional.of(end)));
            }
        }
        Bytes back = certificate.back(packet, life.reading());
        return life.grow(grown, making.extension(packet, back, Optional.of(end)));
    }

    private boolean isPublished(Ledger.Entry entry) {
        return life.ledger().entries().stream()
                .anyMatch(other -> other.certificate().equals(entry.certificate())
                        && other.uses().published().isPresent());
    }

    /// Which key is revoked, and by what: the primary key, or a revocation that was sealed before.
    ///
    /// @param whole the primary key, and so everything under it, rather than the signing key
    public record RevocationWish(RevocationReason reason, boolean whole, Optional<Bytes> sealed) {}

    public void revoke(Ledger.Entry entry, RevocationWish wish) {
        requireRevocable(entry, wish);
        var packet = wish.whole() ? life.certificate(entry.certificate()).primary() : life.packet(entry);
        release(entry, wish);
        var certificate = life.certificate(entry.certificate());
        var there = certificate.revocation(packet, life.reading());
        if (there.isEmpty() || there.get().hard() != wish.reason().isHard()) {
            var fragment = wish.sealed()
                    .orElseGet(() -> wish.whole()
                            ? life.making(certificate).revocation(wish.reason())
                            : life.making(certificate).revocation(packet, wish.reason()));
            var revoked = certificate.with(fragment, life.certifiers());
            if (revoked.revocation(packet, life.reading().plusSeconds(1)).isEmpty()) {
                throw new RefusedException(
                        "revocation-void",
                        "the revocation does not apply to %s any more: its certificate was renewed after it"
                                .formatted(packet.fingerprintText()));
            }
            life.save(revoked);
        }
        if (isPublished(entry)) {
            life.publish();
        }
        life.save(life.ledger());
    }

    private void requireRevocable(Ledger.Entry entry, RevocationWish wish) {
        var state = life.state(entry);
        var wanted = wish.reason().isHard() ? KeyState.COMPROMISED : KeyState.RETIRED;
        if (state != wanted) {
            state.requireBecoming(wanted, life.subject(entry));
        }
    }

    /// Before anything else: from here on nothing is signed by what is revoked.
    private void release(Ledger.Entry entry, RevocationWish wish) {
        var ledger = life.ledger();
        for (var other : ledger.entries()) {
            boolean falls = wish.whole()
                    ? other.certificate().equals(entry.certificate())
                    : other.key().equals(entry.key());
            if (falls && life.state(other) == KeyState.ACTIVE) {
                ledger = ledger.with(other.with(other.uses().released(life.now())));
            }
        }
        if (!ledger.equals(life.ledger())) {
            life.save(ledger);
        }
    }

    /// Takes in a version of one of our certificates that somebody else certified, or that was changed on an
    /// offline machine. Only what our own primary key and our administrators signed is kept.
    public AuthorityCertificate accept(Bytes file) {
        var grown = accepted(file);
        var certificate = life.certificate(LifeDirectory.fingerprint(grown));
        if (!grown.packets().equals(certificate.packets())) {
            life.save(grown);
        }
        boolean published = life.ledger().entries().stream()
                .anyMatch(entry -> entry.certificate().equals(LifeDirectory.fingerprint(grown))
                        && entry.uses().published().isPresent());
        if (published) {
            life.publish();
        }
        life.save(life.ledger());
        return grown;
    }

    /// What it would be then.
    public AuthorityCertificate accepted(Bytes file) {
        var offered = AuthorityCertificate.read(file);
        var certificate = life.certificate(LifeDirectory.fingerprint(offered));
        return certificate.with(offered.packets(), life.certifiers());
    }
}
