// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.keyring;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.Certificate;
import dev.chancery.packet.CertificateJoining;
import dev.chancery.packet.PacketVersion;
import dev.chancery.store.ledger.Entry;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.verification.Keyring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// What every public door hands out, and what verdicts are made by. See the package comment. For many threads.
public final class PublishedKeyring {
    /// What is handed out at a moment.
    private record Shown(
            Map<FormatName, Map<Authority, Bytes>> folder,
            long entries,
            Map<FormatName, Map<Authority, Bytes>> files,
            List<PublishedCertificate> certificates) {}

    /// One certificate of one authority.
    private record Whose(Authority authority, String fingerprint) {}

    private final KeyringDirectory folder;
    private final Ledger ledger;
    private final Joinings joinings;
    /// Held by whoever looks whether something is new; guards all below.
    private final ReentrantLock looking = new ReentrantLock();

    private final Map<Whose, Bytes> updates = new HashMap<>();
    private final Set<Bytes> seen = new HashSet<>();
    private Shown shown = new Shown(Map.of(), 0, Map.of(), List.of());

    public PublishedKeyring(KeyringDirectory folder, Ledger ledger, Joinings joinings) {
        this.folder = folder;
        this.ledger = ledger;
        this.joinings = joinings;
    }

    /// The public key files, by format and authority.
    public Map<FormatName, Map<Authority, Bytes>> files() {
        return now().files();
    }

    public Keyring read() {
        return folder.read(files());
    }

    /// What the keyring would be if a certificate were this.
    ///
    /// Throws `MalformedException` when it would contradict itself.
    Keyring readWith(PublishedCertificate changed) {
        var files = new LinkedHashMap<>(files());
        var format = Joinings.format(changed.version());
        var ofFormat = new TreeMap<>(files.getOrDefault(format, Map.of()));
        var packets = new ArrayList<Bytes>();
        for (var certificate : certificates()) {
            if (certificate.authority().equals(changed.authority()) && certificate.version() == changed.version()) {
                boolean same = certificate.fingerprint().equals(changed.fingerprint());
                packets.add(same ? changed.packets() : certificate.packets());
            }
        }
        ofFormat.put(changed.authority(), PublishedCertificate.armored(changed.version(), joined(packets)));
        files.put(format, ofFormat);
        return folder.read(files);
    }

    /// Every OpenPGP certificate, in the order of authorities.
    public List<PublishedCertificate> certificates() {
        return now().certificates();
    }

    /// An authority's certificate by the fingerprint of its primary key, in hex digits.
    public Optional<PublishedCertificate> certificate(Authority authority, String fingerprint) {
        return certificates().stream()
                .filter(one ->
                        one.authority().equals(authority) && one.fingerprint().equalsIgnoreCase(fingerprint))
                .findFirst();
    }

    private Shown now() {
        looking.lock();
        try {
            var files = folder.files();
            long entries = ledger.published().size();
            boolean updated = entries > shown.entries() && absorb(shown.entries(), entries);
            if (updated || !files.equals(shown.folder())) {
                shown = shown(files, entries);
            } else if (entries > shown.entries()) {
                shown = new Shown(files, entries, shown.files(), shown.certificates());
            }
            return shown;
        } finally {
            looking.unlock();
        }
    }

    /// Takes in what the log says since; whether it said anything.
    private boolean absorb(long from, long to) {
        boolean any = false;
        for (var entry : ledger.aboutKeys(from, to)) {
            var version = entry.facts().format().flatMap(Joinings::version);
            if (version.isPresent() && entry.facts().authority().isPresent()) {
                any |= absorb(entry, version.get(), entry.facts().authority().get());
            }
        }
        return any;
    }

    private boolean absorb(Entry entry, PacketVersion version, Authority authority) {
        var file = ledger.blob(entry.blob())
                .orElseThrow(() -> new UnavailableException(
                        "the certificate of entry %d is not in the store".formatted(entry.index())));
        if (!seen.add(file)) {
            return false;
        }
        try {
            var packets = CertificateJoining.split(file).getFirst();
            var whose = new Whose(authority, read(packets, version).fingerprintText());
            updates.merge(whose, packets, joinings.of(version)::join);
            return true;
        } catch (MalformedException e) {
            // It was checked before it was logged.
            throw new UnavailableException("the store's entry %d has no certificate".formatted(entry.index()), e);
        }
    }

    private static Certificate read(Bytes packets, PacketVersion version) {
        return BouncyCastleReading.certificates(packets, version).getFirst();
    }

    private Shown shown(Map<FormatName, Map<Authority, Bytes>> source, long entries) {
        var files = new LinkedHashMap<FormatName, Map<Authority, Bytes>>();
        var certificates = new ArrayList<PublishedCertificate>();
        source.forEach((format, ofFormat) -> {
            var version = Joinings.version(format);
            var changed = new TreeMap<Authority, Bytes>(ofFormat);
            version.ifPresent(of -> ofFormat.forEach((authority, file) -> {
                var whole = certificates(authority, of, file);
                certificates.addAll(whole);
                if (whole.stream().anyMatch(one -> updates.containsKey(new Whose(authority, one.fingerprint())))) {
                    changed.put(
                            authority,
                            PublishedCertificate.armored(
                                    of,
                                    joined(whole.stream()
                                            .map(PublishedCertificate::packets)
                                            .toList())));
                }
            }));
            files.put(format, changed);
        });
        return new Shown(source, entries, files, List.copyOf(certificates));
    }

    private List<PublishedCertificate> certificates(Authority authority, PacketVersion version, Bytes file) {
        var certificates = new ArrayList<PublishedCertificate>();
        for (Bytes packets : CertificateJoining.split(file)) {
            var found = read(packets, version);
            var update = Optional.ofNullable(updates.get(new Whose(authority, found.fingerprintText())))
                    .filter(known -> found.isOfVersion());
            Bytes whole = update.map(known -> joinings.of(version).join(packets, known))
                    .orElse(packets);
            certificates.add(new PublishedCertificate(authority, version, read(whole, version), whole));
        }
        return certificates;
    }

    private static Bytes joined(List<Bytes> certificates) {
        var octets = new dev.chancery.packet.Octets();
        certificates.forEach(packets -> octets.octets(packets.toArray()));
        return Bytes.of(octets.toArray());
    }
}
