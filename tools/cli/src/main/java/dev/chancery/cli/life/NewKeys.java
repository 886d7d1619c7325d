// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Authority;
import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SigningKey;
import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.life.CertificationPolicy;
import dev.chancery.life.Cycle;
import dev.chancery.life.Ledger;
import dev.chancery.life.Profile;
import dev.chancery.openpgp.AuthorityCertificate;
import dev.chancery.openpgp.CertificateMaking;
import dev.chancery.openpgp.KeyPacket;
import dev.chancery.packet.UserId;
import dev.chancery.policy.Label;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Makes the keys of cycles. The ledger comes last: a key that is not in it signs nothing, and the same
/// command, given again, takes up what an interrupted one left.
public final class NewKeys {
    /// What shall be made.
    ///
    /// @param provider where the signing key is made; files without one
    public record Wish(Cycle cycle, KeyAlgorithm algorithm, Optional<String> userId, Optional<Label> provider) {}

    private final LifeOffice office;
    private final Escrow escrow;
    private final Optional<Label> primaryProvider;

    /// Primary keys are made in files, and a further one where the one before it is.
    public NewKeys(LifeOffice office, Escrow escrow) {
        this(office, escrow, Optional.empty());
    }

    /// The primary key of the first cycle is made in the token of that name.
    public NewKeys(LifeOffice office, Escrow escrow, Optional<Label> primaryProvider) {
        this.office = office;
        this.escrow = escrow;
        this.primaryProvider = primaryProvider;
    }

    /// The first cycle of an authority. Where it has an OpenPGP key without cycles, that key becomes the one of
    /// this cycle and signs on; its certificate stays as it is.
    public KeyLife create(Authority authority, Profile profile, Wish wish) {
        var directory = office.directory(authority);
        requireFirst(directory, authority, wish);
        // A provider that is not there shows before anything is made.
        var primaries = office.office().primaryKeys(primaryProvider);
        var adopted = adopted(authority);
        SigningKey signing = adopted.isPresent()
                ? office.office()
                        .signingKeys(wish.provider())
                        .open(adopted.get().id())
                : take(
                        office.office().signingKeys(wish.provider()),
                        wanted(authority, KeyPurpose.SIGN, wish.algorithm()),
                        key -> isSigning(key, authority));
        var certificate = adopted.isPresent()
                ? published(adopted.get())
                : certificate(directory, profile, wish, new Making(signing, primaries));
        directory.write(certificate);
        var empty = new Ledger(authority, profile, CertificationPolicy.NONE, List.of(), Optional.empty());
        var life = new KeyLife(office, directory, empty);
        escrow(life, certificate, KeyPacket.of(signing.key()));
        var since = adopted.map(Key::created);
        life.save(new Ledger.Entry(
                signing.key().id(),
                LifeDirectory.fingerprint(certificate),
                wish.cycle(),
                since.map(time -> Ledger.Uses.NONE.published(time).activated(time))
                        .orElse(Ledger.Uses.NONE)));
        return life;
    }

    private static void requireFirst(LifeDirectory directory, Authority authority, Wish wish) {
        var ledger = directory.ledger();
        if (ledger.isPresent()) {
            boolean same = ledger.get().entry(wish.cycle().name()).isPresent();
            throw new HintedException(
                    new RefusedException(
                            "key-exists",
                            same
                                    ? "%s has a key for cycle %s already"
                                            .formatted(authority, wish.cycle().name())
                                    : "the keys of %s have cycles already".formatted(authority)),
                    "'chancery key plan %s' makes the key of a further cycle".formatted(authority));
        }
    }

    /// The key without cycles by which the authority signs, as the keyring has it.
    private Optional<Key> adopted(Authority authority) {
        var keyring = office.office().keyring();
        return office.office().keys().stream()
                .filter(key -> isSigning(key, authority) && keyring.publishes(key))
                .findFirst();
    }

    private AuthorityCertificate published(Key key) {
        var file = office.office().keyring().file(key.authority(), KeyLife.OPENPGP);
        return AuthorityCertificate.all(LifeDirectory.read(file)).stream()
                .filter(one -> one.has(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the keyring publishes the key"));
    }

    private static boolean isSigning(Key key, Authority authority) {
        return key.authority().equals(authority)
                && key.format().equals(KeyLife.OPENPGP)
                && key.purpose() == KeyPurpose.SIGN;
    }

    /// A certificate with a primary key of its own; one that an interrupted birth wrote is used.
    private AuthorityCertificate certificate(LifeDirectory directory, Profile profile, Wish wish, Making made) {
        var signing = made.signing();
        var left = directory.certificates().stream()
                .filter(one -> one.has(signing.key()))
                .findFirst();
        if (left.isPresent()) {
            return left.get();
        }
        Authority authority = signing.key().authority();
        Set<String> used = directory.certificates().stream()
                .map(one -> one.primary().fingerprintText())
                .collect(Collectors.toSet());
        var primary = take(
                made.primaries(),
                wanted(authority, KeyPurpose.CERTIFY, wish.algorithm()),
                key -> KeyLife.isPrimary(key)
                        && key.authority().equals(authority)
                        && !used.contains(KeyPacket.of(key).fingerprintText()));
        var making = new CertificateMaking(office.office().hashes(), primary, office.now());
        Optional<Instant> end = Optional.of(wish.cycle().expiry());
        var ends = new CertificateMaking.Ends(profile == Profile.PRIMARY_PER_CYCLE ? end : Optional.empty(), end);
        return AuthorityCertificate.read(
                making.make(new UserId(wish.userId().orElse(authority.name())), signing, ends));
    }

    /// The signing key that is there, and what makes its primary key.
    private record Making(SigningKey signing, KeyMaker primaries) {}

    /// The key that an interrupted command left, else a new one. Its end is its certificate's, and not its own.
    private SigningKey take(KeyMaker store, NewKey wanted, Predicate<Key> unused) {
        var left = store.keys().stream().filter(unused).toList();
        if (left.size() > 1) {
            throw new RefusedException(
                    "key-exists",
                    "%s has %d keys that belong to no cycle: %s"
                            .formatted(
                                    wanted.authority(),
                                    left.size(),
                                    left.stream().map(Key::id).toList()));
        }
        if (!left.isEmpty()) {
            return store.open(left.getFirst().id());
        }
        return store.create(wanted, office.random());
    }

    private NewKey wanted(Authority authority, KeyPurpose purpose, KeyAlgorithm algorithm) {
        return new NewKey(
                authority, KeyLife.OPENPGP, purpose, algorithm, office.now(), Optional.empty(), Optional.empty());
    }

    /// The key of a further cycle. With subkeys it is bound by the primary key that is there; else it gets a
    /// primary key of its own, which the newest one that is not revoked certifies.
    public KeyLife plan(KeyLife life, Wish wish) {
        if (life.ledger().entry(wish.cycle().name()).isPresent()) {
            throw new RefusedException(
                    "key-exists",
                    "%s has a key for cycle %s already"
                            .formatted(life.authority(), wish.cycle().name()));
        }
        Set<KeyId> used =
                life.ledger().entries().stream().map(Ledger.Entry::key).collect(Collectors.toSet());
        var signing = take(
                office.office().signingKeys(wish.provider()),
                wanted(life.authority(), KeyPurpose.SIGN, wish.algorithm()),
                key -> isSigning(key, life.authority()) && !used.contains(key.id()));
        var before = last(life);
        AuthorityCertificate certificate;
        if (life.ledger().profile() == Profile.SUBKEY_PER_CYCLE) {
            certificate = before.has(signing.key())
                    ? before
                    : life.grow(
                            before,
                            life.making(before)
                                    .subkey(signing, Optional.of(wish.cycle().expiry())));
        } else {
            certificate = successor(life, wish, signing);
        }
        escrow(life, certificate, KeyPacket.of(signing.key()));
        life.save(new Ledger.Entry(
                signing.key().id(), LifeDirectory.fingerprint(certificate), wish.cycle(), Ledger.Uses.NONE));
        return life;
    }

    private AuthorityCertificate successor(KeyLife life, Wish wish, SigningKey signing) {
        var before = last(life);
        var named = new Wish(
                wish.cycle(),
                wish.algorithm(),
                wish.userId().or(() -> Optional.of(before.userIds().getFirst().text())),
                wish.provider());
        var made = certificate(
                life.directory(),
                Profile.PRIMARY_PER_CYCLE,
                named,
                new Making(signing, office.office().primaryKeys(where(life, before))));
        life.save(made);
        if (!made.certifiers(List.of(before), office.now()).isEmpty()) {
            return made;
        }
        var word = new CertificateMaking(
                        office.office().hashes(), life.openPrimary(LifeDirectory.fingerprint(before)), office.now())
                .certification(made.primary(), made.userIds().getFirst());
        return life.grow(made, word);
    }

    private Optional<Label> where(KeyLife life, AuthorityCertificate certificate) {
        return office.office().primaryProvider(life.primary(LifeDirectory.fingerprint(certificate)));
    }

    /// The certificate of the newest cycle whose primary key is not revoked.
    private static AuthorityCertificate last(KeyLife life) {
        return life.ledger().entries().reversed().stream()
                .map(entry -> life.certificate(entry.certificate()))
                .filter(certificate -> certificate
                        .revocation(certificate.primary(), life.reading())
                        .isEmpty())
                .findFirst()
                .orElseThrow(() -> new HintedException(
                        new RefusedException(
                                "key-state", "every primary key of %s is revoked".formatted(life.authority())),
                        "a new authority has a new name, which its users have to hear of anyway"));
    }

    /// Of the primary key, where its revocations are not there yet, and of the signing key.
    private void escrow(KeyLife life, AuthorityCertificate certificate, KeyPacket signing) {
        for (var key : List.of(certificate.primary(), signing)) {
            if (!escrow.isComplete(life, key)) {
                escrow.seal(office, certificate, key, new Escrow.Sealing(life, life.making(certificate)));
            }
        }
    }
}
