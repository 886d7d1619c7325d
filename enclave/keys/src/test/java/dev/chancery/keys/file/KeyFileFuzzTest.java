// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.keys.handle.SecretBytes;

/// Whatever the bytes: they are one key file, which writes itself down the same, or malformed.
class KeyFileFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void keyFile(byte[] document) {
        try {
            var file = KeyFile.parse(Bytes.of(document));
            assertEquals(file, KeyFile.parse(file.toBytes()));
        } catch (MalformedException e) {
            // As it should be.
        }
    }

    @FuzzTest(maxDuration = "20s")
    void encryptedPrivateKey(byte[] der) {
        try {
            assertEquals(Bytes.of(der), Bytes.of(EncryptedPrivateKey.parse(der).der()));
        } catch (MalformedException e) {
            // As it should be.
        }
    }

    @FuzzTest(maxDuration = "20s")
    void privateKeyInfo(byte[] info) {
        for (var scheme : dev.chancery.key.Scheme.values()) {
            try {
                PrivateKeyInfo.publicKey(scheme, SecretBytes.owning(info.clone()));
            } catch (MalformedException e) {
                // As it should be.
            }
        }
    }
}
