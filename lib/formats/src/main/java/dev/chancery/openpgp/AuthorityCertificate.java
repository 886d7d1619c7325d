// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.packet.Armor;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.Certificate;
import dev.chancery.packet.CertificateJoining;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketNumbers;
import dev.chancery.packet.PacketReader;
import dev.chancery.packet.PacketVersion;
import dev.chancery.packet.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/// One certificate of version 4 as its owner keeps it: what it says of its keys at a time, and how it grows by
/// the fragments of [CertificateMaking]. It never loses anything.
public final class AuthorityCertificate {
    private final Bytes packets;
    private final Certificate certificate;
    private final KeyPacket primary;

    private AuthorityCertificate(Bytes packets) {
        this.packets = packets;
        var read = BouncyCastleReading.certificates(packets, PacketVersion.V4);
        if (read.size() != 1) {
            throw new MalformedException("OpenPGP file holds %d certificates, not one".formatted(read.size()));
        }
        this.certificate = read.getFirst();
        this.primary = KeyPacket.parse(PacketReader.read(packets).getFirst().body());
    }

    /// The only certificate of a file, armored or not. Signatures in it that do not hold are passed over.
    public static AuthorityCertificate read(Bytes file) {
        var all = all(file);
        if (all.size() != 1) {
            throw new MalformedException("OpenPGP file holds %d certificates, not one".formatted(all.size()));
        }
        return all.getFirst();
    }

    /// The certificates of a file, armored or not.
    public static List<AuthorityCertificate> all(Bytes file) {
        return CertificateJoining.split(file).stream()
                .map(AuthorityCertificate::new)
                .toList();
    }

    /// This one and a fragment, a later version or a revocation certificate of it, with what holds of both.
    /// What others certified stays if they are among the certifiers.
    ///
    /// Throws `RefusedException` (rule `certificate-key`) for a fragment of another certificate.
    public AuthorityCertificate with(Bytes fragment, Collection<AuthorityCertificate> certifiers) {
        var files = certifiers.stream().map(AuthorityCertificate::packets).toList();
        return new AuthorityCertificate(new CertificateJoining(PacketVersion.V4, files).join(packets, fragment));
    }

    public Bytes packets() {
        return packets;
    }

    public Bytes armored() {
        return Bytes.of(Armor.write(Armor.Kind.PUBLIC_KEY, packets).getBytes(StandardCharsets.US_ASCII));
    }

    /// The primary key.
    public KeyPacket primary() {
        return primary;
    }

    public List<UserId> userIds() {
        return PacketReader.read(packets).stream()
                .filter(packet -> packet.tag() == PacketNumbers.TAG_USER_ID)
                .map(packet -> new UserId(new String(packet.body().toArray(), StandardCharsets.UTF_8)))
                .toList();
    }

    /// The primary key and the subkeys.
    public List<KeyPacket> keys() {
        return PacketReader.read(packets).stream()
                .filter(packet -> PacketNumbers.isPublicKey(packet.tag()))
                .map(packet -> KeyPacket.parse(packet.body()))
                .toList();
    }

    /// The key of a handle.
    public Optional<KeyPacket> find(KeyId id) {
        return certificate.keys().stream()
                .filter(key -> BouncyCastleReading.publicKey(key)
                        .map(PublicKey::id)
                        .filter(id::equals)
                        .isPresent())
                .flatMap(key ->
                        keys().stream().filter(packet -> Arrays.equals(packet.fingerprint(), key.getFingerprint())))
                .findFirst();
    }

    public boolean has(KeyPacket key) {
        return find(key).isPresent();
    }

    private Optional<PGPPublicKey> find(KeyPacket key) {
        return certificate.keys().stream()
                .filter(one -> Arrays.equals(one.getFingerprint(), key.fingerprint()))
                .findFirst();
    }

    private PGPPublicKey require(KeyPacket key) {
        return find(key)
                .orElseThrow(() -> new RefusedException(
                        "certificate-key",
                        "certificate %s has no key %s".formatted(primary.fingerprintText(), key.fingerprintText())));
    }

    /// When a key ends, by its own end or the primary key's; empty for never.
    public Optional<Instant> end(KeyPacket key, Instant at) {
        return certificate.end(require(key), at);
    }

    /// The revocation of a key or of the primary key.
    public Optional<Certificate.Revoked> revocation(KeyPacket key, Instant at) {
        return certificate.revocation(require(key), at);
    }

    /// Those of the given certificates whose primary keys vouch for this one.
    public List<AuthorityCertificate> certifiers(Collection<AuthorityCertificate> among, Instant at) {
        return among.stream()
                .filter(other -> certificate.isCertifiedBy(other.certificate, at))
                .toList();
    }

    /// When it was changed last by its primary key.
    public Instant newest() {
        return certificate.newest();
    }

    /// When the next self-signature may be made: now, or a moment after the newest one, for of two of one
    /// second no reader knows which is newer.
    ///
    /// Throws `RefusedException` (rule `key-clock`) when the newest one is from a later time than this.
    public Instant next(Instant now) {
        Instant newest = certificate.newest();
        if (newest.isAfter(now.plusSeconds(1))) {
            throw new RefusedException(
                    "key-clock",
                    "certificate %s was changed at %s, and the clock says %s"
                            .formatted(primary.fingerprintText(), newest, now));
        }
        return newest.isBefore(now) ? now : newest.plusSeconds(1);
    }

    /// The signature by which a subkey says that it belongs here, from its newest binding.
    public Bytes back(KeyPacket subkey, Instant at) {
        return certificate
                .binding(require(subkey), at)
                .flatMap(AuthorityCertificate::embedded)
                .orElseThrow(() -> new RefusedException(
                        "certificate-key",
                        "certificate %s does not bind the signing key %s"
                                .formatted(primary.fingerprintText(), subkey.fingerprintText())));
    }

    private static Optional<Bytes> embedded(PGPSignature binding) {
        for (var area : List.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())) {
            for (var subpacket : area.toArray()) {
                if (subpacket.getType() == PacketNumbers.EMBEDDED_SIGNATURE) {
                    return Optional.of(Bytes.of(subpacket.getData()));
                }
            }
        }
        return Optional.empty();
    }

    /// What an administrator needs to see to certify it: primary key, user IDs and what the key itself says of
    /// them, without subkeys and other people's certifications.
    public AuthorityCertificate minimal() {
        var octets = new Octets();
        var clean = new CertificateJoining(PacketVersion.V4, List.of()).clean(packets);
        for (var packet : PacketReader.read(clean)) {
            if (packet.tag() == PacketNumbers.TAG_PUBLIC_SUBKEY) {
                break; // user IDs stand before all subkeys
            }
            octets.octets(packet.octets().toArray());
        }
        return new AuthorityCertificate(Bytes.of(octets.toArray()));
    }

    /// This one without some of its subkeys and what is said of them: those that are not to be seen yet.
    public AuthorityCertificate without(Collection<KeyPacket> hidden) {
        var octets = new Octets();
        boolean shown = true;
        for (var packet : PacketReader.read(packets)) {
            if (PacketNumbers.isPublicKey(packet.tag())) {
                byte[] fingerprint = KeyPacket.parse(packet.body()).fingerprint();
                shown = hidden.stream().noneMatch(key -> Arrays.equals(key.fingerprint(), fingerprint));
            }
            if (shown) {
                octets.octets(packet.octets().toArray());
            }
        }
        return new AuthorityCertificate(Bytes.of(octets.toArray()));
    }

    /// Whether one of the keys is this one.
    public boolean has(Key key) {
        return has(KeyPacket.of(key));
    }
}
