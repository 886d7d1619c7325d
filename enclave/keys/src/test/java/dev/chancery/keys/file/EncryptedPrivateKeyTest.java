// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretBytes;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedPrivateKeyTest {
    private static final Bytes SALT = Bytes.of(new byte[EncryptedPrivateKey.SALT_BYTES]);
    private static final Bytes IV = Bytes.of(new byte[16]);

    private static EncryptedPrivateKey encrypted(Passphrase passphrase) {
        return EncryptedPrivateKey.encrypt(SecretBytes.owning(new byte[48]), passphrase, SALT, SampleKeys.RANDOM);
    }

    private static EncryptedPrivateKey withCiphertext(int bytes) {
        return new EncryptedPrivateKey(ScryptCost.NONE, SALT, IV, Bytes.of(new byte[bytes]));
    }

    @Test
    void aPersonsPassphraseIsStretchedAndAGeneratedOneIsNot() {
        assertEquals(
                ScryptCost.STRETCHING,
                encrypted(Sample.passphrase("correct horse")).cost());
        assertEquals(ScryptCost.NONE, encrypted(Sample.passphrase()).cost());
        assertEquals(
                ScryptCost.STRETCHING,
                encrypted(Sample.passphrase(Sample.GENERATED + "A")).cost());
    }

    @Test
    void opensWithItsPassphraseOnly() {
        var encrypted = encrypted(Sample.passphrase("correct horse"));
        assertEquals(48, encrypted.decrypt(Sample.passphrase("correct horse")).exposed().length);
        var refused = assertThrows(
                RefusedException.class,
                () -> encrypted(Sample.passphrase()).decrypt(Sample.passphrase(Sample.GENERATED.replace("AA", "AB"))));
        assertEquals("key-passphrase", refused.rule());
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 1",
        "2, 8, 16",
        "16384, 8, 5",
        "16384, 15, 16",
        "32768, 7, 1",
        "32768, 1, 1",
        "65536, 3, 1",
        "2, 52428, 1"
    })
    void costsUpToTheLimitAreTaken(int n, int r, int p) {
        var encrypted = new EncryptedPrivateKey(new ScryptCost(n, r, p), SALT, IV, Bytes.of(new byte[16]));
        assertEquals(encrypted, EncryptedPrivateKey.parse(encrypted.der()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 1",
        "1, 8, 1",
        "3, 8, 1",
        "-2147483648, 8, 1",
        "65536, 8, 1",
        "32768, 8, 1",
        "16384, 16, 1",
        "131072, 2, 1",
        "65536, 1, 1",
        "2, 52429, 1",
        "2, 2147483647, 1",
        "1073741824, 1073741824, 1",
        "16384, 0, 1",
        "16384, -8, 1",
        "16384, 8, 0",
        "16384, 8, 17",
        "16384, 8, -1"
    })
    void costsOverTheLimitAreMalformed(int n, int r, int p) {
        assertThrows(MalformedException.class, () -> new ScryptCost(n, r, p));
    }

    @Test
    void lengthsHaveTheirLimits() {
        assertEquals(16, withCiphertext(16).ciphertext().length());
        int most = EncryptedPrivateKey.CIPHERTEXT_BYTES_MAX;
        assertEquals(
                withCiphertext(most),
                EncryptedPrivateKey.parse(withCiphertext(most).der()));
        for (int bytes : new int[] {0, 15, 17, most + 16}) {
            assertThrows(MalformedException.class, () -> withCiphertext(bytes));
        }
        var ciphertext = Bytes.of(new byte[16]);
        for (int bytes : new int[] {0, 47, 49}) {
            var salt = Bytes.of(new byte[bytes]);
            assertThrows(
                    MalformedException.class, () -> new EncryptedPrivateKey(ScryptCost.NONE, salt, IV, ciphertext));
        }
        for (int bytes : new int[] {0, 15, 17}) {
            var iv = Bytes.of(new byte[bytes]);
            assertThrows(
                    MalformedException.class, () -> new EncryptedPrivateKey(ScryptCost.NONE, SALT, iv, ciphertext));
        }
    }

    @Test
    void everyTruncationAndEveryAdditionIsMalformed() {
        byte[] der = encrypted(Sample.passphrase()).der();
        for (int length = 0; length < der.length; length++) {
            byte[] part = Arrays.copyOf(der, length);
            assertThrows(MalformedException.class, () -> EncryptedPrivateKey.parse(part));
        }
        assertThrows(MalformedException.class, () -> EncryptedPrivateKey.parse(Arrays.copyOf(der, der.length + 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "02028000, negative",
        "02020001, a zero too many",
        "0200, empty",
        "02050100000000, over 32 bits",
        "02810101, long form of a short length",
        "0284000000010100, length of four bytes",
        "0280, indefinite length",
        "0382000100, another tag",
    })
    void anIntegerThatIsNotDerIsMalformed(String hex, String why) {
        var der = new Der(HexFormat.of().parseHex(hex));
        assertThrows(MalformedException.class, der::integer, why);
    }

    @Test
    void integersAreReadAsWritten() {
        for (int value : new int[] {0, 1, 127, 128, 255, 256, 32767, 32768, Integer.MAX_VALUE}) {
            assertEquals(value, new Der(Der.integer(value)).integer());
        }
        for (int length : new int[] {0, 127, 128, 255, 256, 65535}) {
            assertEquals(length, new Der(Der.octetString(new byte[length])).octetString().length);
        }
    }
}
