// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.algorithms.EcdsaValue;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketNumbers;
import java.time.Instant;
import java.util.Arrays;

/// Builds one version 4 signature packet, in the order of RFC 9580, sections 5.2.3 and 5.2.4.
///
/// Package-private on purpose: the type is chosen by [OpenPgpSigning] (data) and [CertificateMaking] (the
/// authority's own key), and by nobody else.
final class SignatureMaking {
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

    /// The body of a signature packet over what `state` covers. `more` are further hashed subpackets.
    byte[] sign(HashState state, int type, Instant now, byte[] more) {
        byte[] hashedPart = hashedPart(type, hashedSubpackets(now, more));
        Digest digest = hashes.finish(state, trailer(hashedPart));
        byte[] unhashed = new Octets()
                .subpacket(PacketNumbers.ISSUER_KEY_ID, issuer.keyId())
                .toArray();
        return new Octets()
                .octets(hashedPart)
                .twoOctets(unhashed.length)
                .octets(unhashed)
                .octets(Arrays.copyOf(digest.bytes(), 2))
                .octets(integers(signed(digest)))
                .toArray();
    }

    private byte[] hashedSubpackets(Instant now, byte[] more) {
        byte[] seconds = new Octets().fourOctets(now.getEpochSecond()).toArray();
        byte[] fingerprint = new Octets().octet(4).octets(issuer.fingerprint()).toArray();
        return new Octets()
                .subpacket(PacketNumbers.CRITICAL | PacketNumbers.CREATION_TIME, seconds)
                .subpacket(PacketNumbers.ISSUER_FINGERPRINT, fingerprint)
                .octets(more)
                .toArray();
    }

    private byte[] hashedPart(int type, byte[] subpackets) {
        return new Octets()
                .octet(4)
                .octet(type)
                .octet(issuer.algorithm())
                .octet(PacketNumbers.HASH_SHA512)
                .twoOctets(subpackets.length)
                .octets(subpackets)
                .toArray();
    }

    /// Section 5.2.4: the hashed part again, then version, 0xFF and its length.
    private static byte[] trailer(byte[] hashedPart) {
        return new Octets()
                .octets(hashedPart)
                .octet(4)
                .octet(0xff)
                .fourOctets(hashedPart.length)
                .toArray();
    }

    private SignatureValue signed(Digest digest) {
        return key.sign(
                key.key().publicKey().scheme() == Scheme.ED25519
                        ? new ToBeSigned.OfMessage(Bytes.of(digest.bytes()))
                        : new ToBeSigned.OfDigest(digest));
    }

    /// Section 5.2.3.1 to 5.2.3.3: the algorithm's integers.
    private byte[] integers(SignatureValue value) {
        byte[] bytes = value.bytes().toArray();
        var octets = new Octets();
        switch (key.key().publicKey().scheme()) {
            case RSA -> octets.multiprecisionInteger(bytes);
            case ED25519 -> {
                if (bytes.length != 64) {
                    throw wrongAnswer(bytes);
                }
                octets.multiprecisionInteger(Arrays.copyOf(bytes, 32))
                        .multiprecisionInteger(Arrays.copyOfRange(bytes, 32, 64));
            }
            case ECDSA_P256, ECDSA_P384 -> {
                var ecdsa =
                        EcdsaValue.read(key.key().publicKey().scheme(), bytes).orElseThrow(() -> wrongAnswer(bytes));
                octets.multiprecisionInteger(ecdsa.r().toByteArray())
                        .multiprecisionInteger(ecdsa.s().toByteArray());
            }
        }
        return octets.toArray();
    }

    private UnavailableException wrongAnswer(byte[] bytes) {
        return new UnavailableException("key %s answered with %d bytes, which are no %s signature"
                .formatted(key.key().id(), bytes.length, key.key().publicKey().scheme()));
    }
}
