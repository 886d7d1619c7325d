// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.keys.handle.SecretBytes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// An `EncryptedPrivateKeyInfo` (RFC 5958, section 3) under PBES2 (RFC 8018, section 6.2) with scrypt
/// (RFC 7914, section 7) and AES-256-CBC: the form that the package comment fixes, and no other.
record EncryptedPrivateKey(ScryptCost cost, Bytes salt, Bytes iv, Bytes ciphertext) {
    static final int SALT_BYTES = 48;
    /// Bytes: an RSA-4096 key has 2.4 KiB.
    static final int CIPHERTEXT_BYTES_MAX = 1 << 13;

    private static final int BLOCK_BYTES = 16;
    private static final int AES_KEY_BYTES = 32;
    private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");
    private static final byte[] SCRYPT = HexFormat.of().parseHex("06092b06010401da47040b");
    private static final byte[] AES_256_CBC = HexFormat.of().parseHex("060960864801650304012a");

    EncryptedPrivateKey {
        if (salt.length() != SALT_BYTES) {
            throw new MalformedException(
                    "encrypted private key's salt has %d bytes, not %d".formatted(salt.length(), SALT_BYTES));
        }
        if (iv.length() != BLOCK_BYTES) {
            throw new MalformedException(
                    "encrypted private key's initial vector has " + iv.length() + " bytes, not 16");
        }
        int length = ciphertext.length();
        if (length == 0 || length % BLOCK_BYTES != 0 || length > CIPHERTEXT_BYTES_MAX) {
            throw new MalformedException("encrypted private key has %d bytes, not whole blocks of 16 and at most %d"
                    .formatted(length, CIPHERTEXT_BYTES_MAX));
        }
    }

    static EncryptedPrivateKey parse(byte[] der) {
        var whole = new Der(der);
        var info = whole.sequence();
        whole.end();
        var algorithm = info.sequence();
        algorithm.exactly(PBES2);
        var parameters = algorithm.sequence();
        algorithm.end();
        var derivation = parameters.sequence();
        derivation.exactly(SCRYPT);
        var scrypt = derivation.sequence();
        derivation.end();
        byte[] salt = scrypt.octetString();
        var cost = new ScryptCost(scrypt.integer(), scrypt.integer(), scrypt.integer());
        scrypt.end();
        var encryption = parameters.sequence();
        parameters.end();
        encryption.exactly(AES_256_CBC);
        byte[] iv = encryption.octetString();
        encryption.end();
        byte[] ciphertext = info.octetString();
        info.end();
        return new EncryptedPrivateKey(cost, Bytes.of(salt), Bytes.of(iv), Bytes.of(ciphertext));
    }

    byte[] der() {
        byte[] scrypt = Der.sequence(
                Der.octetString(salt.toArray()), Der.integer(cost.n()), Der.integer(cost.r()), Der.integer(cost.p()));
        byte[] derivation = Der.sequence(SCRYPT, scrypt);
        byte[] encryption = Der.sequence(AES_256_CBC, Der.octetString(iv.toArray()));
        byte[] algorithm = Der.sequence(PBES2, Der.sequence(derivation, encryption));
        return Der.sequence(algorithm, Der.octetString(ciphertext.toArray()));
    }

    static EncryptedPrivateKey encrypt(SecretBytes pkcs8, Passphrase passphrase, Bytes salt, SecureRandom random) {
        byte[] iv = new byte[BLOCK_BYTES];
        random.nextBytes(iv);
        var cost = ScryptCost.of(passphrase);
        try (var key = derive(passphrase, salt, cost)) {
            var cipher = aes(true, key, iv);
            byte[] plain = pkcs8.exposed();
            byte[] ciphertext = new byte[cipher.getOutputSize(plain.length)];
            int length = cipher.processBytes(plain, 0, plain.length, ciphertext, 0);
            cipher.doFinal(ciphertext, length);
            return new EncryptedPrivateKey(cost, salt, Bytes.of(iv), Bytes.of(ciphertext));
        } catch (InvalidCipherTextException e) {
            throw new AssertionError("encryption never finds padding wrong", e);
        }
    }

    /// The PKCS #8 bytes, not yet judged. Throws `RefusedException` (rule `key-passphrase`) when the padding
    /// tells that the passphrase is another one; a wrong passphrase can also give bytes that are no key.
    SecretBytes decrypt(Passphrase passphrase) {
        byte[] input = ciphertext.toArray();
        byte[] output = new byte[input.length];
        try (var key = derive(passphrase, salt, cost)) {
            var cipher = aes(false, key, iv.toArray());
            int length = cipher.processBytes(input, 0, input.length, output, 0);
            length += cipher.doFinal(output, length);
            return SecretBytes.owning(Arrays.copyOf(output, length));
        } catch (InvalidCipherTextException e) {
            throw wrongPassphrase();
        } finally {
            Arrays.fill(output, (byte) 0);
        }
    }

    static RefusedException wrongPassphrase() {
        return new RefusedException(
                "key-passphrase", "key does not open: the passphrase is another one, or the file was changed");
    }

    private static SecretBytes derive(Passphrase passphrase, Bytes salt, ScryptCost cost) {
        return SecretBytes.owning(
                SCrypt.generate(passphrase.exposed(), salt.toArray(), cost.n(), cost.r(), cost.p(), AES_KEY_BYTES));
    }

    private static PaddedBufferedBlockCipher aes(boolean encrypt, SecretBytes key, byte[] iv) {
        var cipher =
                new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(AESEngine.newInstance()), new PKCS7Padding());
        cipher.init(encrypt, new ParametersWithIV(new KeyParameter(key.exposed()), iv));
        return cipher;
    }
}
