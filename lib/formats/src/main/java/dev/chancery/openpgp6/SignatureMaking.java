// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Salt;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketNumbers;
import java.time.Instant;
import java.util.Arrays;

/// Builds one version 6 signature packet, in the order of RFC 9580, sections 5.2.3 and 5.2.4.
///
/// Package-private on purpose: the type is chosen by [OpenPgp6Signing] (data) and [CertificateMaking] (the
/// authority's own key), and by nobody else.
final class SignatureMaking {
    /// Section 5.2.3.4: an Ed25519 signature in its native form.
    private static final int VALUE_OCTETS = 64;

    /// What a signature says: its type, when it was made, and further hashed subpackets.
    record Saying(int type, Instant now, Bytes more) {}

    /// What a signature is over: the salt, and the state of a hash that was begun with it.
    record Salted(Salt salt, HashState state) {}

    private final Hashes hashes;
    private final SigningKey key;
    private final KeyPacket issuer;

    SignatureMaking(Hashes hashes, SigningKey key) {
        this.hashes = hashes;
        this.key = key;
        this.issuer = KeyPacket.of(key.key());
    }

    KeyPacket issuer() {
        return issuer;
    }

    /// The body of a signature packet.
    byte[] sign(Salted content, Saying saying) {
        byte[] hashedPart = hashedPart(saying);
        Digest digest = hashes.finish(content.state(), trailer(hashedPart));
        byte[] salt = content.salt().bytes().toArray();
        return new Octets()
                .octets(hashedPart)
                .fourOctets(0)
                .octets(Arrays.copyOf(digest.bytes(), 2))
                .octet(salt.length)
                .octets(salt)
                .octets(signed(digest))
                .toArray();
    }

    private byte[] hashedPart(Saying saying) {
        byte[] subpackets = hashedSubpackets(saying);
        return new Octets()
                .octet(OpenPgp6Format.VERSION)
                .octet(saying.type())
                .octet(OpenPgp6Format.ALGORITHM_ED25519)
                .octet(PacketNumbers.HASH_SHA512)
                .fourOctets(subpackets.length)
                .octets(subpackets)
                .toArray();
    }

    private byte[] hashedSubpackets(Saying saying) {
        byte[] seconds = new Octets().fourOctets(saying.now().getEpochSecond()).toArray();
        byte[] fingerprint = new Octets()
                .octet(OpenPgp6Format.VERSION)
                .octets(issuer.fingerprint())
                .toArray();
        return new Octets()
                .subpacket(PacketNumbers.CRITICAL | PacketNumbers.CREATION_TIME, seconds)
                .subpacket(PacketNumbers.ISSUER_FINGERPRINT, fingerprint)
                .octets(saying.more().toArray())
                .toArray();
    }

    /// Section 5.2.4: the hashed part again, then version, 0xFF and its length.
    private static byte[] trailer(byte[] hashedPart) {
        return new Octets()
                .octets(hashedPart)
                .octet(OpenPgp6Format.VERSION)
                .octet(0xff)
                .fourOctets(hashedPart.length)
                .toArray();
    }

    private byte[] signed(Digest digest) {
        byte[] value = key.sign(new ToBeSigned.OfMessage(Bytes.of(digest.bytes())))
                .bytes()
                .toArray();
        if (value.length != VALUE_OCTETS) {
            throw new UnavailableException("key %s answered with %d bytes, which are no Ed25519 signature"
                    .formatted(key.key().id(), value.length));
        }
        return value;
    }
}
