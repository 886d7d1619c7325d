// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.Salt;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/// The signatures in a certificate that hold, each in one form: the part of it that is not signed is written anew,
/// so that
/// nobody can add to it, or make two of one.
final class CheckedSignatures {
    /// A signature that holds.
    ///
    /// @param own by the certificate's primary key
    /// @param body of its packet
    record Checked(PGPSignature signature, boolean own, Bytes body) {
        /// Whether it binds what it is about to the certificate.
        boolean vouches() {
            int type = signature.getSignatureType();
            return own
                    && (PGPSignature.isCertification(type)
                            || type == PGPSignature.SUBKEY_BINDING
                            || type == PGPSignature.DIRECT_KEY);
        }

        /// Section 10.1: what revokes a key stands before its direct-key signatures; behind a user ID or a subkey
        /// comes what binds it, what revokes it, and what others say of it.
        private int rank() {
            int type = signature.getSignatureType();
            boolean revocation =
                    type == PGPSignature.CERTIFICATION_REVOCATION || type == PGPSignature.SUBKEY_REVOCATION;
            return !own ? 3 : revocation ? 2 : type == PGPSignature.KEY_REVOCATION ? 0 : 1;
        }
    }

    private static final Comparator<Checked> ORDER = Comparator.comparingInt(Checked::rank)
            .thenComparing(checked -> checked.signature().getCreationTime())
            .thenComparing(checked -> checked.body().toArray(), (one, other) -> Arrays.compareUnsigned(one, other));

    /// Octets of a signature back within a subpacket whose length has two octets (section 5.2.3.7).
    private static final int EMBEDDED_OCTETS_MAX = 8_000;

    private final PacketVersion version;
    private final PGPPublicKey primary;
    private final List<Certificate> certifiers;

    CheckedSignatures(PacketVersion version, PGPPublicKey primary, List<Certificate> certifiers) {
        this.version = version;
        this.primary = primary;
        this.certifiers = certifiers;
    }

    static void write(Collection<Checked> signatures, Octets octets) {
        signatures.forEach(checked ->
                octets.packet(PacketNumbers.TAG_SIGNATURE, checked.body().toArray()));
    }

    List<Checked> ofKey(List<Bytes> bodies) {
        return held(bodies, read -> switch (read.signature().getSignatureType()) {
            case PGPSignature.DIRECT_KEY, PGPSignature.KEY_REVOCATION ->
                own(read, made -> made.verifyCertification(primary), hashed(primary));
            default -> Optional.empty();
        });
    }

    List<Checked> ofUserId(Bytes userId, List<Bytes> bodies) {
        byte[] hashed = new Octets()
                .octets(hashed(primary))
                .octet(0xb4)
                .fourOctets(userId.length())
                .octets(userId.toArray())
                .toArray();
        SelfSignature.Made made = signature -> signature.verifyCertification(userId.toArray(), primary);
        return held(bodies, read -> {
            int type = read.signature().getSignatureType();
            if (!PGPSignature.isCertification(type) && type != PGPSignature.CERTIFICATION_REVOCATION) {
                return Optional.empty();
            }
            return own(read, made, hashed).or(() -> byCertifier(read, made, hashed));
        });
    }

    List<Checked> ofSubkey(PGPPublicKey subkey, List<Bytes> bodies) {
        byte[] hashed =
                new Octets().octets(hashed(primary)).octets(hashed(subkey)).toArray();
        return held(bodies, read -> switch (read.signature().getSignatureType()) {
            case PGPSignature.SUBKEY_REVOCATION -> own(read, made -> made.verifyCertification(primary, subkey), hashed);
            case PGPSignature.SUBKEY_BINDING ->
                own(read, made -> made.verifyCertification(primary, subkey), hashed)
                        .flatMap(maker -> signedBack(maker, subkey));
            default -> Optional.empty();
        });
    }

    /// Who made a signature that holds, and what stands in it besides: a signature back.
    private record Maker(PGPSignature signature, PGPPublicKey key, boolean own, Optional<Bytes> embedded) {}

    private interface Check {
        Optional<Maker> maker(ReadSignature read);
    }

    private List<Checked> held(List<Bytes> bodies, Check check) {
        Map<Bytes, Checked> held = new HashMap<>();
        for (var body : new LinkedHashSet<>(bodies)) {
            try {
                var parts = Parts.of(body.toArray(), version);
                var packet = new Octets().packet(PacketNumbers.TAG_SIGNATURE, body.toArray());
                var signature = BouncyCastleReading.signature(Bytes.of(packet.toArray()));
                var salt = version == PacketVersion.V6 ? ReadSignature.saltOf(body.toArray()) : Salt.NONE;
                check.maker(new ReadSignature(signature, salt))
                        .filter(maker -> parts.isExact(maker.signature()))
                        .ifPresent(maker -> held.merge(
                                parts.signed(),
                                new Checked(signature, maker.own(), parts.with(unsigned(maker))),
                                CheckedSignatures::fuller));
            } catch (MalformedException e) {
                // What cannot be read does not hold.
            }
        }
        return held.values().stream().sorted(ORDER).toList();
    }

    /// The same signature, of which one may have its signature back with it.
    private static Checked fuller(Checked one, Checked other) {
        return one.body().length() >= other.body().length() ? one : other;
    }

    private Optional<Maker> own(ReadSignature read, SelfSignature.Made made, byte[] hashed) {
        return maker(read, primary, made, hashed).map(key -> new Maker(read.signature(), key, true, Optional.empty()));
    }

    private Optional<Maker> byCertifier(ReadSignature read, SelfSignature.Made made, byte[] hashed) {
        return certifiers.stream()
                .filter(certifier -> certifier
                        .faultToCertify(read.signature().getCreationTime().toInstant())
                        .isEmpty())
                .flatMap(certifier -> maker(read, certifier.keys().getFirst(), made, hashed).stream())
                .findFirst()
                .map(key -> new Maker(read.signature(), key, false, Optional.empty()));
    }

    private Optional<PGPPublicKey> maker(ReadSignature read, PGPPublicKey key, SelfSignature.Made made, byte[] hashed) {
        var signature = read.signature();
        boolean named = Issuer.of(signature).map(issuer -> isOf(issuer, key)).orElse(true);
        boolean counts = named
                && new SelfSignature(signature, version, () -> SelfSignature.holds(signature, key, made)).counts()
                && signature.getHashedSubPackets().isExportable()
                && Arrays.equals(signature.getDigestPrefix(), digestPrefix(read, hashed));
        return counts ? Optional.of(key) : Optional.empty();
    }

    private static boolean isOf(KeyIdentifier issuer, PGPPublicKey key) {
        byte[] fingerprint = issuer.getFingerprint();
        return fingerprint == null
                ? issuer.getKeyId() == key.getKeyID()
                : Arrays.equals(fingerprint, key.getFingerprint());
    }

    /// A binding by which a subkey may sign needs a signature of that subkey (section 5.2.1.9), wherever it stands.
    private Optional<Maker> signedBack(Maker maker, PGPPublicKey subkey) {
        var binding = maker.signature();
        boolean signs = (binding.getHashedSubPackets().getKeyFlags() & PacketNumbers.MAY_SIGN) != 0;
        boolean back = SelfSignature.backSignatures(primary, subkey, binding, version).stream()
                .anyMatch(SelfSignature::counts);
        if (!signs || !back) {
            return signs ? Optional.empty() : Optional.of(maker);
        }
        var unsigned = Arrays.stream(binding.getUnhashedSubPackets().toArray())
                .filter(subpacket -> subpacket.getType() == SignatureSubpacketTags.EMBEDDED_SIGNATURE)
                .map(subpacket -> subpacket.getData())
                .filter(data -> data.length <= EMBEDDED_OCTETS_MAX && isBack(data, subkey))
                .min(Arrays::compareUnsigned)
                .map(Bytes::of);
        return Optional.of(new Maker(binding, maker.key(), true, unsigned));
    }

    private boolean isBack(byte[] body, PGPPublicKey subkey) {
        var packet = new Octets().packet(PacketNumbers.TAG_SIGNATURE, body).toArray();
        var signature = BouncyCastleReading.signature(Bytes.of(packet));
        return signature.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                && new SelfSignature(
                                signature,
                                version,
                                () -> SelfSignature.holds(
                                        signature, subkey, made -> made.verifyCertification(primary, subkey)))
                        .counts();
    }

    /// Section 5.2.3.12 and 5.2.3.35: the name of the maker's key, by which it is found.
    private static byte[] unsigned(Maker maker) {
        var octets = new Octets();
        if (maker.key().getVersion() == PacketVersion.V4.number()) {
            byte[] fingerprint = maker.key().getFingerprint();
            octets.subpacket(
                    PacketNumbers.ISSUER_KEY_ID,
                    Arrays.copyOfRange(fingerprint, fingerprint.length - Long.BYTES, fingerprint.length));
        } else if (maker.signature().getHashedSubPackets().getIssuerFingerprint() == null) {
            byte[] name = new Octets()
                    .octet(maker.key().getVersion())
                    .octets(maker.key().getFingerprint())
                    .toArray();
            octets.subpacket(PacketNumbers.ISSUER_FINGERPRINT, name);
        }
        maker.embedded().ifPresent(back -> octets.subpacket(PacketNumbers.EMBEDDED_SIGNATURE, back.toArray()));
        return octets.toArray();
    }

    /// What stands for a key wherever one is hashed (section 5.2.4).
    private byte[] hashed(PGPPublicKey key) {
        byte[] body = BouncyCastleReading.body(key);
        var octets = version == PacketVersion.V4
                ? new Octets().octet(0x99).twoOctets(body.length)
                : new Octets().octet(0x9b).fourOctets(body.length);
        return octets.octets(body).toArray();
    }

    /// The first two octets of the digest, which some look at before they check a signature; nobody signed them.
    private static byte[] digestPrefix(ReadSignature read, byte[] hashed) {
        var signature = read.signature();
        try {
            var digest = MessageDigest.getInstance(
                    switch (signature.getHashAlgorithm()) {
                        case HashAlgorithmTags.SHA224 -> "SHA-224";
                        case HashAlgorithmTags.SHA256 -> "SHA-256";
                        case HashAlgorithmTags.SHA384 -> "SHA-384";
                        case HashAlgorithmTags.SHA3_256 -> "SHA3-256";
                        case HashAlgorithmTags.SHA3_512 -> "SHA3-512";
                        default -> "SHA-512";
                    });
            digest.update(read.salt().bytes().toArray());
            digest.update(hashed);
            return Arrays.copyOf(digest.digest(signature.getSignatureTrailer()), Short.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-2 and SHA-3", e);
        }
    }

    /// A signature packet's body (section 5.2.3): up to the end of what is hashed, then what is not, then the rest.
    private record Parts(Bytes head, Bytes tail, int lengthOctets) {
        static Parts of(byte[] body, PacketVersion version) {
            int lengthOctets = version == PacketVersion.V4 ? Short.BYTES : Integer.BYTES;
            int headEnd = end(body, 4, lengthOctets);
            int tailBegin = end(body, headEnd, lengthOctets);
            return new Parts(
                    Bytes.of(Arrays.copyOf(body, headEnd)),
                    Bytes.of(Arrays.copyOfRange(body, tailBegin, body.length)),
                    lengthOctets);
        }

        private static int end(byte[] body, int at, int lengthOctets) {
            long length = 0;
            for (int i = at; i < at + lengthOctets; i++) {
                length = length << 8 | (i < body.length ? body[i] & 0xff : 0xff);
            }
            if (at + lengthOctets + length > body.length) {
                throw new MalformedException("OpenPGP signature ends within its subpackets");
            }
            return (int) (at + lengthOctets + length);
        }

        Bytes signed() {
            return Bytes.of(
                    new Octets().octets(head.toArray()).octets(tail.toArray()).toArray());
        }

        Bytes with(byte[] unsigned) {
            var octets = new Octets().octets(head.toArray());
            (lengthOctets == Short.BYTES ? octets.twoOctets(unsigned.length) : octets.fourOctets(unsigned.length))
                    .octets(unsigned)
                    .octets(tail.toArray());
            return Bytes.of(octets.toArray());
        }

        /// Whether nothing stands behind the value, nor in its integers, that a reader passes over.
        boolean isExact(PGPSignature signature) {
            try {
                byte[] written = signature.getEncoded();
                int from = Math.max(0, written.length - tail.length());
                return Bytes.of(Arrays.copyOfRange(written, from, written.length))
                        .equals(tail);
            } catch (IOException e) {
                throw new AssertionError("it is written to memory", e);
            }
        }
    }
}
