// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Any bytes are a document that reads back equal, or a `MalformedException`; nothing else.
class JsonFuzzTest {
    @FuzzTest
    void parses(byte[] document) {
        Json json;
        try {
            json = Json.parse(Bytes.of(document), "fuzz").json();
        } catch (MalformedException e) {
            return;
        }
        assertEquals(json, JsonTexts.parse(json.line()));
        assertEquals(json, JsonTexts.parse(json.pretty()));
    }
}
