// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.DigestAlgorithm;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;

/// RSASSA-PKCS1-v1_5 over a finished digest (RFC 8017, section 8.2.1), by a JCA cipher.
///
/// "Encrypting" with a private key is the signature's padding (block type 1) and primitive. The JDK's cipher blinds
/// the exponentiation and checks the result against the public exponent before it gives it out (`RSACore`), and so
/// does AWS-LC behind Amazon's provider: a fault in one half of the CRT gives an error, not the primes.
final class RsaOperation implements PrivateKeyLibrary.Operation {
    static final String TRANSFORMATION = "RSA/ECB/PKCS1Padding";

    private final Pool<Cipher> ciphers;

    /// `making` gives ciphers of [#TRANSFORMATION].
    RsaOperation(PrivateKey key, Pool.Making<Cipher> making) {
        this.ciphers = new Pool<>(() -> {
            var cipher = making.make();
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher;
        });
    }

    @Override
    public SignatureValue sign(ToBeSigned toBeSigned) {
        var digest = PrivateKeyLibrary.Operation.digest(toBeSigned);
        byte[] prefix = digestInfo(digest.algorithm());
        byte[] info = Arrays.copyOf(prefix, prefix.length + digest.bytes().length);
        System.arraycopy(digest.bytes(), 0, info, prefix.length, digest.bytes().length);
        return SignatureValue.of(ciphers.use(cipher -> cipher.doFinal(info)));
    }

    /// RFC 8017, section 9.2, note 1, which has no BLAKE2b.
    private static byte[] digestInfo(DigestAlgorithm algorithm) {
        return HexFormat.of()
                .parseHex(
                        switch (algorithm) {
                            case SHA256 -> "3031300d060960864801650304020105000420";
                            case SHA384 -> "3041300d060960864801650304020205000430";
                            case SHA512 -> "3051300d060960864801650304020305000440";
                            case BLAKE2B_512 -> throw new IllegalArgumentException("RSA signs no BLAKE2b digest");
                        });
    }
}
