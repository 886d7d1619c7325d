// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.MalformedException;

/// Whatever the bytes: they are one key, which keeps exactly these bytes, or malformed.
class PublicKeyFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void publicKey(byte[] der) {
        try {
            var key = PublicKey.parse(der);
            assertArrayEquals(der, key.der());
            assertTrue(key.bits() >= 256 && key.bits() <= PublicKey.RSA_BITS_MAX);
        } catch (MalformedException e) {
            // As it should be.
        }
    }
}
