// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/// Joins two versions of one certificate (RFC 9580, section 10.1): what either has and what holds.
///
/// What stays is what the certificate's primary key says of itself, of its user IDs and of its subkeys, its
/// revocations included, each signature checked; and what given *certifiers* (administrators) say of the user IDs,
/// checked
/// as well. Everything else is dropped: other people's certifications, those that are not to be exported (section
/// 5.2.3.19), user attributes, designated revokers' revocations, signatures by SHA-1, subkeys that nobody bound or
/// that did
/// not sign back, and what is not signed in a signature but the names of its maker and a signature back.
///
/// The result is in one order, so it does not matter which version comes first, nor how often they are joined:
/// primary key,
/// revocations, direct-key signatures; user IDs by when they were first certified; subkeys by when they were made,
/// each followed by its bindings and then its revocations, which is what rpm 4.18 insists on. Nothing is ever
/// taken back.
///
/// A file without a key in it, such as a revocation certificate that was made at the key's birth, is joined where
/// its signatures hold.
public final class CertificateJoining {
    /// Bytes of a version: those of a public key file, and of a blob of the log.
    public static final int BYTES_MAX = 1 << 20;
    /// Signatures of both versions: each is checked, and this bounds the time to some tenths of a second. A
    /// certificate with four subkeys a year and five administrators has fewer after twenty years.
    public static final int SIGNATURES_MAX = 1_000;

    private final PacketVersion version;
    private final List<Certificate> certifiers;

    /// @param certifiers public key files of those whose certifications are kept
    public CertificateJoining(PacketVersion version, List<Bytes> certifiers) {
        this.version = version;
        this.certifiers = certifiers.stream()
                .flatMap(file -> BouncyCastleReading.certificates(file, version).stream())
                .toList();
    }

    /// The certificates of a public key file, each as its packets, as they are.
    public static List<Bytes> split(Bytes file) {
        var certificates = new ArrayList<Bytes>();
        for (Bytes block : BouncyCastleReading.certificateBlocks(file)) {
            var octets = new Octets();
            for (var packet : PacketReader.read(block)) {
                if (packet.tag() == PacketNumbers.TAG_PUBLIC_KEY && octets.toArray().length > 0) {
                    certificates.add(Bytes.of(octets.toArray()));
                    octets = new Octets();
                }
                octets.octets(packet.octets().toArray());
            }
            certificates.add(Bytes.of(octets.toArray()));
        }
        return certificates;
    }

    /// One version, with only what holds in it, in our order.
    public Bytes clean(Bytes certificate) {
        return join(certificate, certificate);
    }

    /// Both versions as one, as packets. Each may be armored.
    ///
    /// Throws `RefusedException` with the rule `certificate-key` when they are not of one primary key, and with
    /// `certificate-self` when nothing in them that vouches for the key holds; `MalformedException` when one is no
    /// certificate, or above a limit.
    public Bytes join(Bytes one, Bytes other) {
        var draft = new Draft(version);
        for (var file : List.of(one, other)) {
            if (file.length() > BYTES_MAX) {
                throw new MalformedException(
                        "OpenPGP certificate has %d bytes, more than %d".formatted(file.length(), BYTES_MAX));
            }
            draft.take(PacketReader.read(packets(file)));
        }
        return Bytes.of(draft.written(certifiers));
    }

    private static Bytes packets(Bytes file) {
        if (!Armor.isArmored(file)) {
            return file;
        }
        boolean signatures = new String(file.toArray(), java.nio.charset.StandardCharsets.ISO_8859_1)
                .contains("BEGIN PGP SIGNATURE");
        var octets = new Octets();
        Armor.read(signatures ? Armor.Kind.SIGNATURE : Armor.Kind.PUBLIC_KEY, file)
                .forEach(block -> octets.octets(block.toArray()));
        return Bytes.of(octets.toArray());
    }

    /// All packets of the versions, sorted by what they are about, not yet checked.
    private static final class Draft {
        private static final Comparator<Bytes> BY_BYTES =
                (one, other) -> java.util.Arrays.compareUnsigned(one.toArray(), other.toArray());

        private final PacketVersion version;
        private Optional<Bytes> primary = Optional.empty();
        private final Map<Bytes, List<Bytes>> direct = new HashMap<>();
        private final Map<Bytes, List<Bytes>> userIds = new TreeMap<>(BY_BYTES);
        private final Map<Bytes, List<Bytes>> subkeys = new TreeMap<>(BY_BYTES);
        private final List<Bytes> loose = new ArrayList<>();
        private int signatures;

        Draft(PacketVersion version) {
            this.version = version;
        }

        void take(List<PacketReader.Packet> packets) {
            Optional<List<Bytes>> place = Optional.of(loose);
            boolean begun = false;
            for (var packet : packets) {
                switch (packet.tag()) {
                    case PacketNumbers.TAG_PUBLIC_KEY -> {
                        if (begun) {
                            throw new MalformedException("OpenPGP file has a second certificate");
                        }
                        begun = true;
                        place = Optional.of(primary(packet.body()));
                    }
                    case PacketNumbers.TAG_USER_ID -> place = Optional.of(part(userIds, packet.body()));
                    case PacketNumbers.TAG_PUBLIC_SUBKEY -> place = Optional.of(part(subkeys, packet.body()));
                    case PacketNumbers.TAG_SIGNATURE -> place.ifPresent(here -> add(here, packet));
                    case PacketNumbers.TAG_SECRET_KEY, PacketNumbers.TAG_SECRET_SUBKEY ->
                        throw new MalformedException(
                                "OpenPGP file has a secret key, which belongs nowhere but where it signs");
                    case PacketNumbers.TAG_USER_ATTRIBUTE -> place = Optional.empty();
                    default -> {
                        // Trust, marker, padding and what is private to a program mean nothing to others.
                    }
                }
            }
        }

        private List<Bytes> primary(Bytes body) {
            if (primary.filter(known -> !known.equals(body)).isPresent()) {
                throw new RefusedException(
                        "certificate-key", "the two OpenPGP certificates are not of the same primary key");
            }
            primary = Optional.of(body);
            return part(direct, body);
        }

        private static List<Bytes> part(Map<Bytes, List<Bytes>> parts, Bytes body) {
            return parts.computeIfAbsent(body, none -> new ArrayList<>());
        }

        private void add(List<Bytes> here, PacketReader.Packet packet) {
            if (++signatures > SIGNATURES_MAX) {
                throw new MalformedException(
                        "OpenPGP certificates have more than %d signatures together".formatted(SIGNATURES_MAX));
            }
            here.add(packet.body());
        }

        byte[] written(List<Certificate> certifiers) {
            Bytes key = primary.orElseThrow(() -> new MalformedException("OpenPGP file has no primary key"));
            var keys = keys(key);
            var checks = new CheckedSignatures(version, keys.getFirst(), certifiers);
            var octets = new Octets().packet(PacketNumbers.TAG_PUBLIC_KEY, key.toArray());
            var self = checks.ofKey(with(direct.values().iterator().next()));
            CheckedSignatures.write(self, octets);
            var users = users(checks);
            users.forEach(user -> user.write(PacketNumbers.TAG_USER_ID, octets));
            if (users.isEmpty() && self.stream().noneMatch(CheckedSignatures.Checked::vouches)) {
                throw new RefusedException(
                        "certificate-self", "nothing in the OpenPGP certificate holds that vouches for its key");
            }
            int index = 1;
            var bound = new ArrayList<Part>();
            for (var subkey : subkeys.entrySet()) {
                var held = checks.ofSubkey(keys.get(index++), with(subkey.getValue()));
                if (held.stream().anyMatch(CheckedSignatures.Checked::vouches)) {
                    bound.add(new Part(subkey.getKey(), held));
                }
            }
            // The creation time is behind the version, so bytes are in its order.
            bound.forEach(part -> part.write(PacketNumbers.TAG_PUBLIC_SUBKEY, octets));
            return octets.toArray();
        }

        private List<Part> users(CheckedSignatures checks) {
            var users = new ArrayList<Part>();
            userIds.forEach((body, signatures) -> {
                var held = checks.ofUserId(body, with(signatures));
                if (held.stream().anyMatch(CheckedSignatures.Checked::vouches)) {
                    users.add(new Part(body, held));
                }
            });
            users.sort(Comparator.comparing(Part::first).thenComparing(Part::body, BY_BYTES));
            return users;
        }

        private List<Bytes> with(List<Bytes> signatures) {
            var all = new ArrayList<>(signatures);
            all.addAll(loose);
            return all;
        }

        /// The primary key, then the subkeys in their order.
        private List<PGPPublicKey> keys(Bytes key) {
            var bare = new Octets().packet(PacketNumbers.TAG_PUBLIC_KEY, key.toArray());
            subkeys.keySet().forEach(body -> bare.packet(PacketNumbers.TAG_PUBLIC_SUBKEY, body.toArray()));
            var certificate = BouncyCastleReading.certificates(Bytes.of(bare.toArray()), version)
                    .getFirst();
            if (!certificate.isOfVersion()) {
                throw new MalformedException(
                        "OpenPGP certificate has a key that is not of version " + version.number());
            }
            var keys = certificate.keys();
            var bodies = new ArrayList<>(List.of(key));
            bodies.addAll(subkeys.keySet());
            for (int i = 0; i < keys.size(); i++) {
                // What is checked is what is written here, and not what a reader makes of it.
                if (!bodies.get(i).equals(Bytes.of(BouncyCastleReading.body(keys.get(i))))) {
                    throw new MalformedException("OpenPGP certificate has a key in another than its shortest form");
                }
            }
            return keys;
        }
    }

    /// A user ID or subkey with what holds of what is said about it.
    private record Part(Bytes body, List<CheckedSignatures.Checked> signatures) {
        java.util.Date first() {
            return signatures.stream()
                    .filter(CheckedSignatures.Checked::vouches)
                    .map(CheckedSignatures.Checked::signature)
                    .map(PGPSignature::getCreationTime)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        void write(int tag, Octets octets) {
            octets.packet(tag, body.toArray());
            CheckedSignatures.write(signatures, octets);
        }
    }
}
