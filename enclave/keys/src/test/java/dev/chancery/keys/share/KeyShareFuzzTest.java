// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Whatever the bytes: they are one share, which writes itself down the same, or malformed.
class KeyShareFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void share(byte[] text) {
        try {
            var share = KeyShare.parse(Bytes.of(text));
            assertEquals(share.set(), KeyShare.parse(share.toText()).set());
        } catch (MalformedException e) {
            // As it should be.
        }
    }
}
