// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.DigestInfo;
import java.security.PrivateKey;
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
        byte[] info = DigestInfo.of(digest);
        return SignatureValue.of(ciphers.use(cipher -> cipher.doFinal(info)));
    }
}
