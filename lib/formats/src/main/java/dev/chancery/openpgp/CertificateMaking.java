// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SigningKey;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketNumbers;
import dev.chancery.packet.UserId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/// Makes an authority's certificate: a certify-only primary key, a user ID, and a signing subkey.
///
/// The primary key's signing handle is needed here and never for an artifact; it can stay offline afterwards.
public final class CertificateMaking {
    private final Hashes hashes;
    private final SignatureMaking primary;
    private final Instant now;

    /// Certifies with this primary key, at this time.
    public CertificateMaking(Hashes hashes, SigningKey primary, Instant now) {
        requirePurpose(primary.key(), KeyPurpose.CERTIFY);
        this.hashes = hashes;
        this.primary = new SignatureMaking(hashes, primary);
        this.now = now;
    }

    private static void requirePurpose(Key key, KeyPurpose purpose) {
        if (key.purpose() != purpose || !key.format().equals(OpenPgpFormat.DESCRIPTION.name())) {
            throw new IllegalArgumentException("%s is not an openpgp key to %s with".formatted(key, purpose.label()));
        }
    }

    /// The certificate as packets: primary key, user ID, its certification, subkey, its binding.
    public Bytes make(String userId, SigningKey signing) {
        requirePurpose(signing.key(), KeyPurpose.SIGN);
        var user = new UserId(userId);
        var subkey = KeyPacket.of(signing.key());
        return Bytes.of(new Octets()
                .packet(PacketNumbers.TAG_PUBLIC_KEY, primary.issuer().body())
                .packet(PacketNumbers.TAG_USER_ID, user.bytes())
                .packet(PacketNumbers.TAG_SIGNATURE, certification(user))
                .packet(PacketNumbers.TAG_PUBLIC_SUBKEY, subkey.body())
                .packet(PacketNumbers.TAG_SIGNATURE, binding(signing))
                .toArray());
    }

    /// Section 5.2.4: a certification hashes the key, then `B4 ‖ length ‖ user ID`.
    private byte[] certification(UserId user) {
        byte[] hashed = new Octets()
                .octets(primary.issuer().hashed())
                .octets(user.hashed())
                .toArray();
        byte[] more = new Octets()
                .subpacket(PacketNumbers.CRITICAL | PacketNumbers.KEY_FLAGS, new byte[] {PacketNumbers.MAY_CERTIFY})
                .subpacket(PacketNumbers.PRIMARY_USER_ID, new byte[] {1})
                .toArray();
        return primary.sign(state(hashed), PacketNumbers.TYPE_POSITIVE_CERTIFICATION, now, more);
    }

    /// Section 5.2.4: a binding hashes the primary key, then the subkey. A signing subkey signs back (section
    /// 5.2.1.9), so that nobody can claim another's subkey.
    private byte[] binding(SigningKey signing) {
        byte[] hashed = new Octets()
                .octets(primary.issuer().hashed())
                .octets(KeyPacket.of(signing.key()).hashed())
                .toArray();
        byte[] back = new SignatureMaking(hashes, signing)
                .sign(state(hashed), PacketNumbers.TYPE_PRIMARY_KEY_BINDING, now, new byte[0]);
        var more = new Octets()
                .subpacket(PacketNumbers.CRITICAL | PacketNumbers.KEY_FLAGS, new byte[] {PacketNumbers.MAY_SIGN});
        signing.key().expires().ifPresent(end -> {
            long seconds = Duration.between(signing.key().created(), end).toSeconds();
            more.subpacket(
                    PacketNumbers.KEY_EXPIRATION_TIME,
                    new Octets().fourOctets(seconds).toArray());
        });
        more.subpacket(PacketNumbers.EMBEDDED_SIGNATURE, back);
        return primary.sign(state(hashed), PacketNumbers.TYPE_SUBKEY_BINDING, now, more.toArray());
    }

    private HashState state(byte[] hashed) {
        var hash = hashes.start(DigestAlgorithm.SHA512);
        hash.update(ByteBuffer.wrap(hashed));
        return hash.state();
    }
}
