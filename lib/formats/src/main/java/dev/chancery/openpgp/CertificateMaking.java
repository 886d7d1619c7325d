// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.key.Key;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// Makes an authority's certificate: a certify-only primary key, a user ID, and a signing subkey.
///
/// The primary key's signing handle is needed here and never for an artifact; it can stay offline afterwards.
public final class CertificateMaking {
    /// Bytes of UTF-8: a name and an address fit; stock tools cut longer ones.
    public static final int USER_ID_BYTES_MAX = 255;

    /// RFC 9580, section 5.2.3.7: subpackets that only self-signatures carry.
    private static final int KEY_EXPIRATION_TIME = 9;

    private static final int PRIMARY_USER_ID = 25;
    private static final int CRITICAL_KEY_FLAGS = 0x80 | 27;
    private static final int EMBEDDED_SIGNATURE = 32;

    /// Section 5.2.3.29: key flags.
    private static final byte[] MAY_CERTIFY = {0x01};

    private static final byte[] MAY_SIGN = {0x02};

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
        byte[] user = checkedUserId(userId);
        var subkey = KeyPacket.of(signing.key());
        return Bytes.of(new Octets()
                .packet(OpenPgpFormat.TAG_PUBLIC_KEY, primary.issuer().body())
                .packet(OpenPgpFormat.TAG_USER_ID, user)
                .packet(OpenPgpFormat.TAG_SIGNATURE, certification(user))
                .packet(OpenPgpFormat.TAG_PUBLIC_SUBKEY, subkey.body())
                .packet(OpenPgpFormat.TAG_SIGNATURE, binding(signing))
                .toArray());
    }

    private static byte[] checkedUserId(String userId) {
        byte[] bytes = userId.getBytes(StandardCharsets.UTF_8);
        boolean plain = userId.codePoints().noneMatch(Character::isISOControl);
        if (bytes.length == 0 || bytes.length > USER_ID_BYTES_MAX || !plain) {
            throw MalformedException.value(
                    "user ID", userId, "is not 1 to %d bytes without control characters".formatted(USER_ID_BYTES_MAX));
        }
        return bytes;
    }

    /// Section 5.2.4: a certification hashes the key, then `B4 ‖ length ‖ user ID`.
    private byte[] certification(byte[] user) {
        byte[] hashed = new Octets()
                .octets(primary.issuer().hashed())
                .octet(0xb4)
                .fourOctets(user.length)
                .octets(user)
                .toArray();
        byte[] more = new Octets()
                .subpacket(CRITICAL_KEY_FLAGS, MAY_CERTIFY)
                .subpacket(PRIMARY_USER_ID, new byte[] {1})
                .toArray();
        return primary.sign(state(hashed), OpenPgpFormat.TYPE_POSITIVE_CERTIFICATION, now, more);
    }

    /// Section 5.2.4: a binding hashes the primary key, then the subkey. A signing subkey signs back (section
    /// 5.2.1.9), so that nobody can claim another's subkey.
    private byte[] binding(SigningKey signing) {
        byte[] hashed = new Octets()
                .octets(primary.issuer().hashed())
                .octets(KeyPacket.of(signing.key()).hashed())
                .toArray();
        byte[] back = new SignatureMaking(hashes, signing)
                .sign(state(hashed), OpenPgpFormat.TYPE_PRIMARY_KEY_BINDING, now, new byte[0]);
        var more = new Octets().subpacket(CRITICAL_KEY_FLAGS, MAY_SIGN);
        signing.key().expires().ifPresent(end -> {
            long seconds = Duration.between(signing.key().created(), end).toSeconds();
            more.subpacket(KEY_EXPIRATION_TIME, new Octets().fourOctets(seconds).toArray());
        });
        more.subpacket(EMBEDDED_SIGNATURE, back);
        return primary.sign(state(hashed), OpenPgpFormat.TYPE_SUBKEY_BINDING, now, more.toArray());
    }

    private HashState state(byte[] hashed) {
        var hash = hashes.start(DigestAlgorithm.SHA512);
        hash.update(ByteBuffer.wrap(hashed));
        return hash.state();
    }
}
