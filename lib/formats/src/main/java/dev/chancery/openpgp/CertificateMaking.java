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
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketNumbers;
import dev.chancery.packet.UserId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Makes an authority's certificate: a certify-only primary key, a user ID, and a signing subkey.
///
/// The primary key's signing handle is needed here and never for an artifact; it can stay offline afterwards.
///
/// Whatever comes later in the life of the keys is made as a *fragment*: the primary key, the part that it is
/// about, and
/// one new signature. A fragment is a certificate too, and takes effect by being joined to what is there.
public final class CertificateMaking {
    /// Seconds: what the four octets of an expiry hold, 136 years.
    static final long EXPIRY_SECONDS_MAX = 0xffff_ffffL;

    private static final byte[] NOTHING_MORE = {};

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

    /// The certificate as packets: primary key, user ID, its certification, subkey, its binding. The subkey
    /// expires with its key, the primary key never.
    public Bytes make(String userId, SigningKey signing) {
        return make(
                new UserId(userId),
                signing,
                new Ends(Optional.empty(), signing.key().expires()));
    }

    /// When the primary key and the signing subkey of a certificate expire.
    public record Ends(Optional<Instant> primary, Optional<Instant> subkey) {}

    /// The same with ends that are not those of the keys' descriptions.
    public Bytes make(UserId user, SigningKey signing, Ends ends) {
        return Bytes.of(new Octets()
                .octets(userId(user, ends.primary()).toArray())
                .octets(bound(signing, ends.subkey()).toArray())
                .toArray());
    }

    /// Primary key, user ID and its certification: what a certificate begins with, or what gives it another
    /// end. Section 5.2.4: a certification hashes the key, then `B4 ‖ length ‖ user ID`.
    public Bytes userId(UserId user, Optional<Instant> end) {
        byte[] hashed = new Octets()
                .octets(primary.issuer().hashed())
                .octets(user.hashed())
                .toArray();
        var more = new Octets()
                .subpacket(PacketNumbers.CRITICAL | PacketNumbers.KEY_FLAGS, new byte[] {PacketNumbers.MAY_CERTIFY})
                .subpacket(PacketNumbers.PRIMARY_USER_ID, new byte[] {1});
        end(more, primary.issuer(), end);
        byte[] certification =
                primary.sign(state(hashed), PacketNumbers.TYPE_POSITIVE_CERTIFICATION, now, more.toArray());
        return Bytes.of(primaryKey()
                .packet(PacketNumbers.TAG_USER_ID, user.bytes())
                .packet(PacketNumbers.TAG_SIGNATURE, certification)
                .toArray());
    }

    /// Primary key, a further signing subkey and its binding.
    public Bytes subkey(SigningKey signing, Optional<Instant> end) {
        return Bytes.of(primaryKey().octets(bound(signing, end).toArray()).toArray());
    }

    /// A signing subkey signs back (section 5.2.1.9), so that nobody can claim another's subkey.
    private Octets bound(SigningKey signing, Optional<Instant> end) {
        requirePurpose(signing.key(), KeyPurpose.SIGN);
        var subkey = KeyPacket.of(signing.key());
        byte[] back = new SignatureMaking(hashes, signing)
                .sign(state(bound(subkey)), PacketNumbers.TYPE_PRIMARY_KEY_BINDING, now, NOTHING_MORE);
        return bound(subkey, Bytes.of(back), end);
    }

    /// Primary key, subkey, and a new binding with another end. The subkey's signature back says nothing of
    /// times and is taken over, so that its private key need not be where the primary key is.
    public Bytes extension(KeyPacket subkey, Bytes back, Optional<Instant> end) {
        return Bytes.of(primaryKey().octets(bound(subkey, back, end).toArray()).toArray());
    }

    private Octets bound(KeyPacket subkey, Bytes back, Optional<Instant> end) {
        var more = new Octets()
                .subpacket(PacketNumbers.CRITICAL | PacketNumbers.KEY_FLAGS, new byte[] {PacketNumbers.MAY_SIGN});
        end(more, subkey, end);
        more.subpacket(PacketNumbers.EMBEDDED_SIGNATURE, back.toArray());
        byte[] binding = primary.sign(state(bound(subkey)), PacketNumbers.TYPE_SUBKEY_BINDING, now, more.toArray());
        return new Octets()
                .packet(PacketNumbers.TAG_PUBLIC_SUBKEY, subkey.body())
                .packet(PacketNumbers.TAG_SIGNATURE, binding);
    }

    /// Section 5.2.4: bindings and the revocation of a subkey hash the primary key, then the subkey.
    private byte[] bound(KeyPacket subkey) {
        return new Octets()
                .octets(primary.issuer().hashed())
                .octets(subkey.hashed())
                .toArray();
    }

    /// Section 5.2.3.13: seconds after the key's creation, of which 0 would mean never.
    private static void end(Octets more, KeyPacket key, Optional<Instant> end) {
        end.ifPresent(time -> {
            long seconds = Duration.between(key.created(), time).toSeconds();
            if (seconds < 1 || seconds > EXPIRY_SECONDS_MAX) {
                throw new MalformedException("key expires at %s, not after its creation at %s by at most %d seconds"
                        .formatted(time, key.created(), EXPIRY_SECONDS_MAX));
            }
            more.subpacket(
                    PacketNumbers.KEY_EXPIRATION_TIME,
                    new Octets().fourOctets(seconds).toArray());
        });
    }

    /// Primary key and its revocation (section 5.2.1.11), which hashes the key alone.
    public Bytes revocation(RevocationReason reason) {
        byte[] value =
                primary.sign(state(primary.issuer().hashed()), PacketNumbers.TYPE_KEY_REVOCATION, now, why(reason));
        return Bytes.of(primaryKey().packet(PacketNumbers.TAG_SIGNATURE, value).toArray());
    }

    /// Primary key, subkey, and the subkey's revocation (section 5.2.1.12).
    public Bytes revocation(KeyPacket subkey, RevocationReason reason) {
        byte[] value = primary.sign(state(bound(subkey)), PacketNumbers.TYPE_SUBKEY_REVOCATION, now, why(reason));
        return Bytes.of(primaryKey()
                .packet(PacketNumbers.TAG_PUBLIC_SUBKEY, subkey.body())
                .packet(PacketNumbers.TAG_SIGNATURE, value)
                .toArray());
    }

    /// Section 5.2.3.31. Not critical: rpm 4.18 refuses a certificate with a critical one.
    private static byte[] why(RevocationReason reason) {
        return new Octets()
                .subpacket(PacketNumbers.REVOCATION_REASON, new byte[] {(byte) reason.code()})
                .toArray();
    }

    /// Another certificate's primary key, one of its user IDs, and our word that they belong together (section
    /// 5.2.1.4): generic, which says nothing of how well that was checked, and exportable, as is usual.
    public Bytes certification(KeyPacket other, UserId user) {
        byte[] hashed =
                new Octets().octets(other.hashed()).octets(user.hashed()).toArray();
        byte[] value = primary.sign(state(hashed), PacketNumbers.TYPE_GENERIC_CERTIFICATION, now, NOTHING_MORE);
        return Bytes.of(new Octets()
                .packet(PacketNumbers.TAG_PUBLIC_KEY, other.body())
                .packet(PacketNumbers.TAG_USER_ID, user.bytes())
                .packet(PacketNumbers.TAG_SIGNATURE, value)
                .toArray());
    }

    private Octets primaryKey() {
        return new Octets()
                .packet(PacketNumbers.TAG_PUBLIC_KEY, primary.issuer().body());
    }

    private HashState state(byte[] hashed) {
        var hash = hashes.start(DigestAlgorithm.SHA512);
        hash.update(ByteBuffer.wrap(hashed));
        return hash.state();
    }
}
