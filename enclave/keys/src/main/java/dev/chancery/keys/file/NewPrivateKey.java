// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.SecretBytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import org.bouncycastle.util.BigIntegers;

/// Private keys that are made in memory.
final class NewPrivateKey {
    private NewPrivateKey() {}

    /// Makes a PKCS #8 private key from randomness. RSA-4096 takes a second or three, the others no time.
    static SecretBytes make(KeyAlgorithm algorithm, SecureRandom random) {
        return switch (algorithm.scheme()) {
            case ED25519 -> ed25519(random);
            case ECDSA_P256 -> ecdsa(PrivateKeyInfo.Curve.p256(), random);
            case ECDSA_P384 -> ecdsa(PrivateKeyInfo.Curve.p384(), random);
            case RSA -> rsa(algorithm.bits(), random);
        };
    }

    /// RFC 8032, section 5.1.5, step 1: any 32 bytes.
    private static SecretBytes ed25519(SecureRandom random) {
        try (var seed = SecretBytes.owning(new byte[32])) {
            random.nextBytes(seed.exposed());
            return PrivateKeyInfo.ed25519(seed);
        }
    }

    /// FIPS 186-5, appendix A.2.2: a number from 1 to n - 1, by trying until it lies in the range.
    private static SecretBytes ecdsa(PrivateKeyInfo.Curve curve, SecureRandom random) {
        var last = curve.domain().getN().subtract(BigInteger.ONE);
        return PrivateKeyInfo.ecdsa(curve, BigIntegers.createRandomInRange(BigInteger.ONE, last, random));
    }

    private static SecretBytes rsa(int bits, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4), random);
            return SecretBytes.owning(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes no RSA key of " + bits + " bits", e);
        }
    }
}
