// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.algorithms.NumberedKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Whatever the bytes: a value, or malformed. Key files are those of minisign, and tried there.
class SignifyFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void signatureFile(byte[] file) {
        try {
            var signature = SignifySignature.parse(Bytes.of(file));
            assertEquals(NumberedKey.NUMBER_BYTES, signature.keyNumber().length());
            assertEquals(64, signature.value().bytes().length());
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
