// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/// Builds one version 4 signature packet, in the order of RFC 9580, sections 5.2.3 and 5.2.4.
///
/// Package-private on purpose: the type is chosen by [OpenPgpSigning] (data) and [CertificateMaking] (the
/// authority's own key), and by nobody else.
final class SignatureMaking {
    /// Section 5.2.3.7: subpacket types; 0x80 marks a critical one.
    private static final int CRITICAL = 0x80;

    private static final int CREATION_TIME = 2;
    private static final int ISSUER_KEY_ID = 16;
    private static final int ISSUER_FINGERPRINT = 33;

    /// FIPS 186-5 and SP 800-186, section 3.2.1.3: the order of P-256.
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

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
        byte[] unhashed = new Octets().subpacket(ISSUER_KEY_ID, issuer.keyId()).toArray();
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
                .subpacket(CRITICAL | CREATION_TIME, seconds)
                .subpacket(ISSUER_FINGERPRINT, fingerprint)
                .octets(more)
                .toArray();
    }

    private byte[] hashedPart(int type, byte[] subpackets) {
        return new Octets()
                .octet(4)
                .octet(type)
                .octet(issuer.algorithm())
                .octet(OpenPgpFormat.HASH_SHA512)
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
            case ED25519 ->
                octets.multiprecisionInteger(Arrays.copyOf(bytes, 32))
                        .multiprecisionInteger(Arrays.copyOfRange(bytes, 32, 64));
            case ECDSA_P256, ECDSA_P384 -> {
                for (BigInteger number : ecdsaIntegers(bytes)) {
                    octets.multiprecisionInteger(number.toByteArray());
                }
            }
        }
        return octets.toArray();
    }

    private static BigInteger[] ecdsaIntegers(byte[] der) {
        try {
            return StandardDSAEncoding.INSTANCE.decode(P256_ORDER, der);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the key's answer of %d bytes is no ECDSA signature".formatted(der.length), e);
        }
    }
}
