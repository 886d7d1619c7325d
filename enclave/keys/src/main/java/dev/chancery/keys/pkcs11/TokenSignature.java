// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.DigestInfo;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/// The mechanism of each scheme, what goes in, and what comes out (PKCS #11 v3.0 Current Mechanisms).
record TokenSignature(long mechanism, Bytes data, int bytes) {
    /// Throws `IllegalArgumentException` when the kind of what is to be signed does not fit the key's
    /// scheme.
    static TokenSignature of(PublicKey key, ToBeSigned toBeSigned) {
        return switch (toBeSigned) {
            case ToBeSigned.OfDigest(var digest) -> ofDigest(key, digest);
            case ToBeSigned.OfMessage(var message) -> {
                if (key.scheme().signsDigest()) {
                    throw new IllegalArgumentException("this key signs a digest, not a message");
                }
                // Section 2.3.14: without parameters it is pure Ed25519.
                yield new TokenSignature(Ck.CKM_EDDSA, message, 64);
            }
        };
    }

    private static TokenSignature ofDigest(PublicKey key, Digest digest) {
        return switch (key.scheme()) {
            case RSA -> new TokenSignature(Ck.CKM_RSA_PKCS, Bytes.of(DigestInfo.of(digest)), key.bits() / Byte.SIZE);
            case ECDSA_P256, ECDSA_P384 -> {
                // FIPS 186-5, section 6.4.1, step 2: the leftmost bits. Not every token cuts by itself.
                int length = key.bits() / Byte.SIZE;
                byte[] cut = Arrays.copyOf(digest.bytes(), Math.min(length, digest.bytes().length));
                yield new TokenSignature(Ck.CKM_ECDSA, Bytes.of(cut), 2 * length);
            }
            case ED25519 -> throw new IllegalArgumentException("this key signs a message, not a digest");
        };
    }

    SignatureValue by(Session session, long privateKey) {
        byte[] made = session.cryptoki().sign(session.handle(), mechanism, privateKey, data.toArray());
        if (made.length != bytes) {
            throw new UnavailableException("the token's signature has %d bytes, not %d".formatted(made.length, bytes));
        }
        return SignatureValue.of(mechanism == Ck.CKM_ECDSA ? der(made) : made);
    }

    /// `r ‖ s` (section 2.3.1) as `Ecdsa-Sig-Value` (RFC 3279, section 2.2.3). At most 104 bytes, so that
    /// each length is one byte.
    private static byte[] der(byte[] made) {
        int half = made.length / 2;
        var numbers = new ByteArrayOutputStream();
        for (int at : new int[] {0, half}) {
            byte[] number = new BigInteger(1, Arrays.copyOfRange(made, at, at + half)).toByteArray();
            numbers.write(0x02);
            numbers.write(number.length);
            numbers.writeBytes(number);
        }
        var sequence = new ByteArrayOutputStream();
        sequence.write(0x30);
        sequence.write(numbers.size());
        sequence.writeBytes(numbers.toByteArray());
        return sequence.toByteArray();
    }
}
