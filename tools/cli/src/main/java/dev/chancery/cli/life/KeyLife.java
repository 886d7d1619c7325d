// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SigningKey;
import dev.chancery.life.Activation;
import dev.chancery.life.Fingerprint;
import dev.chancery.life.KeyFacts;
import dev.chancery.life.KeyState;
import dev.chancery.life.Ledger;
import dev.chancery.life.Revocation;
import dev.chancery.life.Warnings;
import dev.chancery.openpgp.AuthorityCertificate;
import dev.chancery.openpgp.CertificateMaking;
import dev.chancery.openpgp.KeyPacket;
import dev.chancery.policy.Label;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The OpenPGP keys of one authority as the office has them now: its ledger, its certificates, its
/// administrators. What changes it writes it at once, as one [step][Steps] for each file.
public final class KeyLife {
    static final FormatName OPENPGP = new FormatName("openpgp");
    /// What a change to a certificate may be dated ahead.
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final Office office;
    private final LifeDirectory directory;
    private final Steps steps;
    private final Instant now;
    private final List<AuthorityCertificate> certificates;
    private final List<AuthorityCertificate> administrators;
    private Ledger ledger;

    KeyLife(LifeOffice office, LifeDirectory directory, Ledger ledger) {
        this.office = office.office();
        this.steps = office.steps();
        this.now = office.now();
        this.directory = directory;
        this.ledger = ledger;
        this.certificates = new ArrayList<>(directory.certificates());
        this.administrators = new ArrayList<>(directory.administrators());
    }

    public Authority authority() {
        return ledger.authority();
    }

    public Ledger ledger() {
        return ledger;
    }

    Instant now() {
        return now;
    }

    /// When certificates are read: now, or a moment later where a command of this second dated its change so
    /// (see [AuthorityCertificate#next]).
    Instant reading() {
        return certificates.stream()
                .map(AuthorityCertificate::newest)
                .filter(newest -> newest.isAfter(now) && !newest.isAfter(now.plus(MOMENT)))
                .max(Instant::compareTo)
                .orElse(now);
    }

    LifeDirectory directory() {
        return directory;
    }

    /// The entry of a cycle; without a name that of the key that is active.
    public Ledger.Entry entry(Optional<String> cycle) {
        if (cycle.isPresent()) {
            return ledger.entry(new Label(cycle.get()))
                    .orElseThrow(() -> new HintedException(
                            new RefusedException(
                                    "no-key", "%s has no key for cycle %s".formatted(authority(), cycle.get())),
                            "'chancery key show %s' shows its cycles".formatted(authority())));
        }
        return active().orElseThrow(() -> new HintedException(
                new RefusedException("no-key", "%s has no active key".formatted(authority())),
                "name the key with --cycle; 'chancery key show %s' shows them".formatted(authority())));
    }

    public Optional<Ledger.Entry> active() {
        return ledger.entries().stream()
                .filter(entry -> state(entry) == KeyState.ACTIVE)
                .findFirst();
    }

    public String subject(Ledger.Entry entry) {
        return "key %s of %s".formatted(entry.cycle().name(), authority());
    }

    public AuthorityCertificate certificate(Fingerprint fingerprint) {
        return certificates.stream()
                .filter(one -> LifeDirectory.fingerprint(one).equals(fingerprint))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "certificate-key", "%s has no certificate %s".formatted(authority(), fingerprint)));
    }

    public List<AuthorityCertificate> certificates() {
        return List.copyOf(certificates);
    }

    public List<AuthorityCertificate> administrators() {
        return List.copyOf(administrators);
    }

    /// Those whose certifications stay in our certificates: administrators, and keys of our own before and
    /// after.
    List<AuthorityCertificate> certifiers() {
        var all = new ArrayList<>(administrators);
        all.addAll(certificates);
        return all;
    }

    public KeyPacket packet(Ledger.Entry entry) {
        return certificate(entry.certificate())
                .find(entry.key())
                .orElseThrow(() -> new RefusedException(
                        "certificate-key", "certificate %s lacks key %s".formatted(entry.certificate(), entry.key())));
    }

    public KeyFacts facts(Ledger.Entry entry) {
        var certificate = certificate(entry.certificate());
        var packet = packet(entry);
        var certified = certificate.certifiers(administrators, reading()).stream()
                .map(LifeDirectory::fingerprint)
                .toList();
        return new KeyFacts(
                certificate.end(packet, reading()),
                certificate.revocation(packet, reading()).map(found -> new Revocation(found.at(), found.hard())),
                ledger.certifications().isMetBy(certified),
                entry.uses());
    }

    public KeyState state(Ledger.Entry entry) {
        return facts(entry).state(reading());
    }

    /// How many of the administrators have certified it.
    public int certifications(Ledger.Entry entry) {
        return ledger.certifications()
                .count(certificate(entry.certificate()).certifiers(administrators, reading()).stream()
                        .map(LifeDirectory::fingerprint)
                        .toList());
    }

    public Activation activation(Ledger.Entry entry) {
        var last = ledger.entries().stream()
                .filter(other -> !other.key().equals(entry.key()))
                .filter(other -> other.uses().activated().isPresent())
                .max(Comparator.comparing(other -> other.uses().activated().orElseThrow()))
                .map(this::state);
        return new Activation(entry.cycle(), facts(entry), last);
    }

    public List<String> warnings(Ledger.Entry entry) {
        boolean hasNext = ledger.entries().stream()
                .anyMatch(other ->
                        other.cycle().end().isAfter(entry.cycle().end()) && state(other) == KeyState.PUBLISHED);
        return Warnings.of(entry.cycle(), facts(entry), hasNext, now);
    }

    /// The primary key of a certificate, opened: the one moment at which it is needed.
    SigningKey openPrimary(Fingerprint certificate) {
        return office.primaryKeys().open(primary(certificate).id());
    }

    /// The primary key of a certificate, which is here.
    Key primary(Fingerprint certificate) {
        return office.primaryKeys().keys().stream()
                .filter(one ->
                        isPrimary(one) && KeyPacket.of(one).fingerprintText().equals(certificate.hex()))
                .findFirst()
                .orElseThrow(() -> new HintedException(
                        new RefusedException("no-primary", "primary key %s is not here".formatted(certificate)),
                        "its file belongs into primary/ of the office, where 'key share restore' puts it from shares;"
                                + " with --from an escrowed certificate does"));
    }

    static boolean isPrimary(Key key) {
        return key.format().equals(OPENPGP) && key.purpose() == KeyPurpose.CERTIFY;
    }

    /// What makes the next change to a certificate by its primary key.
    CertificateMaking making(AuthorityCertificate certificate) {
        return new CertificateMaking(
                office.hashes(), openPrimary(LifeDirectory.fingerprint(certificate)), certificate.next(now));
    }

    /// Joins a fragment and writes the result, if there is anything new in it.
    AuthorityCertificate grow(AuthorityCertificate certificate, Bytes fragment) {
        var grown = certificate.with(fragment, certifiers());
        save(grown);
        return grown;
    }

    void save(AuthorityCertificate certificate) {
        certificates.removeIf(one -> LifeDirectory.fingerprint(one).equals(LifeDirectory.fingerprint(certificate)));
        certificates.add(certificate);
        directory.write(certificate);
    }

    void saveAdministrator(AuthorityCertificate certificate) {
        administrators.removeIf(one -> LifeDirectory.fingerprint(one).equals(LifeDirectory.fingerprint(certificate)));
        administrators.add(certificate);
        directory.writeAdministrator(certificate);
    }

    /// Writes the ledger, and in it by which key the office signs from now on.
    void save(Ledger changed) {
        ledger = changed.signing(Optional.empty());
        var signing = active().map(
                        entry -> new Ledger.Signing(entry.key(), facts(entry).expires()));
        ledger = ledger.signing(signing);
        directory.write(ledger);
    }

    void save(Ledger.Entry entry) {
        save(ledger.with(entry));
    }

    /// Puts into the office's keyring what has been published: certificates without subkeys that nobody is to
    /// see yet. Certificates that others put there stay.
    void publish() {
        publish(ledger.entries());
    }

    /// As if this entry were in the ledger already.
    void publish(Ledger.Entry entry) {
        publish(ledger.with(entry).entries());
    }

    private void publish(List<Ledger.Entry> entries) {
        var shown = new ByteArrayOutputStream();
        for (var certificate : certificates) {
            var fingerprint = LifeDirectory.fingerprint(certificate);
            var hidden = entries.stream()
                    .filter(entry -> entry.certificate().equals(fingerprint)
                            && entry.uses().published().isEmpty())
                    .toList();
            boolean some = entries.stream()
                    .anyMatch(entry -> entry.certificate().equals(fingerprint) && !hidden.contains(entry));
            if (some) {
                shown.writeBytes(certificate
                        .without(hidden.stream().map(this::packet).toList())
                        .armored()
                        .toArray());
            }
        }
        Path file = office.keyring().file(authority(), OPENPGP);
        if (Files.exists(file)) {
            AuthorityCertificate.all(LifeDirectory.read(file)).stream()
                    .filter(other -> certificates.stream().noneMatch(own -> own.has(other.primary())))
                    .forEach(other -> shown.writeBytes(other.armored().toArray()));
        }
        steps.replace(file, Bytes.of(shown.toByteArray()));
    }

    static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
