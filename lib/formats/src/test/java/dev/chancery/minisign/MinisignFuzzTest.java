// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.algorithms.NumberedKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.ByteArrayOutputStream;

/// Whatever the bytes: a value within its limits, or malformed.
class MinisignFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void signatureFile(byte[] file) {
        try {
            var signature = MinisignSignature.parse(Bytes.of(file));
            assertEquals(NumberedKey.NUMBER_BYTES, signature.keyNumber().length());
            assertEquals(64, signature.value().bytes().length());
            assertEquals(64, signature.globalValue().bytes().length());
            assertTrue(signature.comment().bytes().length() <= TrustedComment.BYTES_MAX);
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }

    @FuzzTest(maxDuration = "20s")
    void publicKeyFile(byte[] file) {
        try {
            var written = new ByteArrayOutputStream();
            var keys = NumberedKey.read(Sample.MINISIGN, Sample.QA, Bytes.of(file));
            keys.forEach(key -> written.writeBytes(key.write("x").toArray()));
            assertEquals(keys, NumberedKey.read(Sample.MINISIGN, Sample.QA, Bytes.of(written.toByteArray())));
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
