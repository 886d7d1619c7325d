// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Whatever the bytes: they are one handle, which writes itself down the same, or malformed.
class VaultHandleFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void vaultHandle(byte[] document) {
        try {
            var handle = VaultHandle.parse(Bytes.of(document));
            assertEquals(handle, VaultHandle.parse(handle.toBytes()));
        } catch (MalformedException e) {
            // As it should be.
        }
    }
}
