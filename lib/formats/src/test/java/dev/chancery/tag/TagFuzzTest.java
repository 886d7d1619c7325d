// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Whatever the bytes: a value, or malformed.
class TagFuzzTest {
    /// What is read is written again as it was, and its payload alone is one.
    @FuzzTest(maxDuration = "20s")
    void tagFile(byte[] bytes) {
        try {
            var file = TagFile.parse(Bytes.of(bytes));
            assertEquals(Bytes.of(bytes), file.bytes());
            var payload = TagPayload.parse(file.payload().bytes());
            assertEquals(file.payload().name(), payload.name());
            assertTrue(TagFile.parse(payload.bytes()).claimed().isEmpty());
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }

    @FuzzTest(maxDuration = "10s")
    void publicKeyFile(byte[] bytes) {
        try {
            assertFalse(TagKeys.read(new Authority("qa"), Bytes.of(bytes)).isEmpty());
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
