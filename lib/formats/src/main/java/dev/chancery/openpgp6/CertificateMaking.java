// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SigningKey;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketNumbers;
import dev.chancery.packet.UserId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/// Makes an authority's certificate: a certify-only primary key that says so itself, a user ID, and a signing
/// subkey.
///
/// The primary key's signing handle is needed here and never for an artifact; it can stay offline afterwards.
final class CertificateMaking {
    private final Hashes hashes;
    private final SigningKey primary;
    private final Instant now;
    private final SecureRandom random;

    /// Certifies with this primary key, at this time.
    CertificateMaking(Hashes hashes, SigningKey primary, Instant now, SecureRandom random) {
        requirePurpose(primary.key(), KeyPurpose.CERTIFY);
        this.hashes = hashes;
        this.primary = primary;
        this.now = now;
        this.random = random;
    }

    private static void requirePurpose(Key key, KeyPurpose purpose) {
        if (key.purpose() != purpose || !key.format().equals(OpenPgp6Format.DESCRIPTION.name())) {
            throw new IllegalArgumentException("%s is not an openpgp6 key to %s with".formatted(key, purpose.label()));
        }
    }

    /// The certificate as packets (section 10.1.1): primary key, its direct-key signature, user ID, its
    /// certification, subkey, its binding.
    Bytes make(String userId, SigningKey signing) {
        requirePurpose(signing.key(), KeyPurpose.SIGN);
        var user = new UserId(userId);
        return Bytes.of(new Octets()
                .packet(
                        PacketNumbers.TAG_PUBLIC_KEY,
                        KeyPacket.of(primary.key()).body())
                .packet(PacketNumbers.TAG_SIGNATURE, directKey())
                .packet(PacketNumbers.TAG_USER_ID, user.bytes())
                .packet(PacketNumbers.TAG_SIGNATURE, certification(user))
                .packet(
                        PacketNumbers.TAG_PUBLIC_SUBKEY,
                        KeyPacket.of(signing.key()).body())
                .packet(PacketNumbers.TAG_SIGNATURE, binding(signing))
                .toArray());
    }

    /// Section 5.2.3.10: what holds for the whole certificate stands here, and not at the user ID.
    private byte[] directKey() {
        var flags = new Octets()
                .subpacket(PacketNumbers.CRITICAL | PacketNumbers.KEY_FLAGS, new byte[] {PacketNumbers.MAY_CERTIFY});
        return sign(primary, new Octets().octets(primaryHashed()), PacketNumbers.TYPE_DIRECT_KEY, flags);
    }

    /// Section 5.2.4: a certification hashes the key, then `B4 ‖ length ‖ user ID`.
    private byte[] certification(UserId user) {
        var more = new Octets().subpacket(PacketNumbers.PRIMARY_USER_ID, new byte[] {1});
        var material = new Octets().octets(primaryHashed()).octets(user.hashed());
        return sign(primary, material, PacketNumbers.TYPE_POSITIVE_CERTIFICATION, more);
    }

    /// Section 5.2.4: a binding hashes the primary key, then the subkey. A signing subkey signs back (section
    /// 5.2.1.9), so that nobody can claim another's subkey.
    private byte[] binding(SigningKey signing) {
        var material = new Octets()
                .octets(primaryHashed())
                .octets(KeyPacket.of(signing.key()).hashed());
        byte[] back = sign(signing, material, PacketNumbers.TYPE_PRIMARY_KEY_BINDING, new Octets());
        var more = new Octets()
                .subpacket(PacketNumbers.CRITICAL | PacketNumbers.KEY_FLAGS, new byte[] {PacketNumbers.MAY_SIGN});
        signing.key().expires().ifPresent(end -> {
            long seconds = Duration.between(signing.key().created(), end).toSeconds();
            more.subpacket(
                    PacketNumbers.KEY_EXPIRATION_TIME,
                    new Octets().fourOctets(seconds).toArray());
        });
        more.subpacket(PacketNumbers.EMBEDDED_SIGNATURE, back);
        return sign(primary, material, PacketNumbers.TYPE_SUBKEY_BINDING, more);
    }

    private byte[] primaryHashed() {
        return KeyPacket.of(primary.key()).hashed();
    }

    private byte[] sign(SigningKey by, Octets material, int type, Octets more) {
        var salt = Salt.draw(OpenPgp6Format.SALT_OCTETS, random);
        var hash = hashes.start(DigestAlgorithm.SHA512);
        hash.update(ByteBuffer.wrap(salt.bytes().toArray()));
        hash.update(ByteBuffer.wrap(material.toArray()));
        var saying = new SignatureMaking.Saying(type, now, Bytes.of(more.toArray()));
        return new SignatureMaking(hashes, by).sign(new SignatureMaking.Salted(salt, hash.state()), saying);
    }
}
