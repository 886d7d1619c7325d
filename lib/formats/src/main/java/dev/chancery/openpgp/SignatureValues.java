// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Hashes;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.PGPContentVerifier;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;

/// Checks the value in a signature packet: the hash goes on from the content's state, and the algorithms are ours.
final class SignatureValues {
    private final Hashes hashes;
    private final SignatureCheck checks;

    SignatureValues(Hashes hashes, SignatureCheck checks) {
        this.hashes = hashes;
        this.checks = checks;
    }

    static byte[] bytes(PGPSignature signature) {
        try {
            return signature.getSignature();
        } catch (PGPException e) {
            throw new AssertionError("the integers were decoded when the packet was read", e);
        }
    }

    boolean holds(PublicKey key, Digest digest, byte[] value) {
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

    /// Lets Bouncy Castle's signature feed its trailer to a hash that has already seen the content.
    PGPContentVerifierBuilderProvider after(HashState content) {
        return (keyAlgorithm, hashAlgorithm) -> key -> new AfterContent(content, key, keyAlgorithm, hashAlgorithm);
    }

    private final class AfterContent implements PGPContentVerifier {
        private final HashState content;
        private final PGPPublicKey key;
        private final int keyAlgorithm;
        private final int hashAlgorithm;
        private final ByteArrayOutputStream trailer = new ByteArrayOutputStream();

        AfterContent(HashState content, PGPPublicKey key, int keyAlgorithm, int hashAlgorithm) {
            this.content = content;
            this.key = key;
            this.keyAlgorithm = keyAlgorithm;
            this.hashAlgorithm = hashAlgorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return trailer;
        }

        @Override
        public int getHashAlgorithm() {
            return hashAlgorithm;
        }

        @Override
        public int getKeyAlgorithm() {
            return keyAlgorithm;
        }

        @Override
        public long getKeyID() {
            return key.getKeyID();
        }

        @Override
        public boolean verify(byte[] expected) {
            Optional<PublicKey> ours = BouncyCastleReading.publicKey(key);
            return ours.isPresent() && holds(ours.get(), hashes.finish(content, trailer.toByteArray()), expected);
        }
    }
}
