// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;

/// Checks the value in a signature packet with our own algorithms.
public final class SignatureValues {
    private final SignatureCheck checks;

    public SignatureValues(SignatureCheck checks) {
        this.checks = checks;
    }

    public static byte[] bytes(PGPSignature signature) {
        try {
            return signature.getSignature();
        } catch (PGPException e) {
            throw new AssertionError("the integers were decoded when the packet was read", e);
        }
    }

    public boolean holds(PublicKey key, Digest digest, byte[] value) {
        byte[] padded = key.scheme() == Scheme.RSA ? padded(value, (key.bits() + 7) / 8) : value;
        var toBeSigned = key.scheme() == Scheme.ED25519
                ? new ToBeSigned.OfMessage(Bytes.of(digest.bytes()))
                : new ToBeSigned.OfDigest(digest);
        return checks.holds(key, toBeSigned, SignatureValue.of(padded));
    }

    /// OpenPGP strips an integer's leading zeros; RSA counts on them (RFC 8017, section 4.1).
    private static byte[] padded(byte[] integer, int length) {
        if (integer.length >= length) {
            return integer;
        }
        byte[] padded = new byte[length];
        System.arraycopy(integer, 0, padded, length - integer.length, integer.length);
        return padded;
    }
}
