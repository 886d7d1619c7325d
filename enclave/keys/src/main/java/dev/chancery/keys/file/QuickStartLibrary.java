// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Ready at once: Ed25519, P-256 and P-384 by Bouncy Castle's lightweight classes, RSA by the JDK. For the
/// command line.
public final class QuickStartLibrary implements PrivateKeyLibrary {
    public QuickStartLibrary() {}

    @Override
    public PrivateKeyLibrary.Operation load(PublicKey publicKey, SecretBytes pkcs8) {
        return switch (publicKey.scheme()) {
            case ED25519 -> new Ed25519Operation(PrivateKeyInfo.ed25519Seed(pkcs8), publicKey.point());
            case ECDSA_P256 -> ecdsa(PrivateKeyInfo.Curve.p256(), pkcs8);
            case ECDSA_P384 -> ecdsa(PrivateKeyInfo.Curve.p384(), pkcs8);
            case RSA ->
                new RsaOperation(PrivateKeyInfo.rsaKey(pkcs8), () -> Cipher.getInstance(RsaOperation.TRANSFORMATION));
        };
    }

    /// RFC 8032, section 5.1.6. The public key goes in rather than being computed each time, which halves the
    /// work; it has been computed from this seed once, for a foreign one here would give the private key away.
    private static final class Ed25519Operation implements PrivateKeyLibrary.Operation {
        private final SecretBytes seed;
        private final byte[] point;

        Ed25519Operation(SecretBytes seed, byte[] point) {
            this.seed = seed;
            this.point = point;
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            byte[] message = PrivateKeyLibrary.Operation.message(toBeSigned).toArray();
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(seed.exposed(), 0, point, 0, message, 0, message.length, signature, 0);
            return SignatureValue.of(signature);
        }
    }

    /// ECDSA with the deterministic number of RFC 6979: no signature depends on the state of a random
    /// generator, two signatures of one digest are the same, and the RFC's vectors test it. What determinism
    /// costs, faults that repeat, the enclave's check of each signature before release pays for.
    private static PrivateKeyLibrary.Operation ecdsa(PrivateKeyInfo.Curve curve, SecretBytes pkcs8) {
        var key = new ECPrivateKeyParameters(PrivateKeyInfo.ecdsaNumber(curve, pkcs8), curve.domain());
        return toBeSigned -> {
            var digest = PrivateKeyLibrary.Operation.digest(toBeSigned);
            var signer = new ECDSASigner(calculator(digest.algorithm()));
            signer.init(true, key);
            return SignatureValue.of(der(signer.generateSignature(digest.bytes())));
        };
    }

    /// RFC 6979, section 3.6: the HMAC uses the hash function of the message.
    private static HMacDSAKCalculator calculator(DigestAlgorithm algorithm) {
        return new HMacDSAKCalculator(
                switch (algorithm) {
                    case SHA256 -> SHA256Digest.newInstance();
                    case SHA384 -> new SHA384Digest();
                    case SHA512 -> new SHA512Digest();
                    case BLAKE2B_512 -> throw new IllegalArgumentException("ECDSA signs no BLAKE2b digest");
                });
    }

    /// `Ecdsa-Sig-Value` (RFC 3279, section 2.2.3): two positive numbers of at most 49 bytes each.
    private static byte[] der(BigInteger[] signature) {
        var numbers = new ByteArrayOutputStream();
        for (var number : signature) {
            byte[] bytes = number.toByteArray();
            numbers.writeBytes(new byte[] {0x02, (byte) bytes.length});
            numbers.writeBytes(bytes);
        }
        byte[] content = numbers.toByteArray();
        byte[] der = Arrays.copyOf(new byte[] {0x30, (byte) content.length}, 2 + content.length);
        System.arraycopy(content, 0, der, 2, content.length);
        return der;
    }
}
