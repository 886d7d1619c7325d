// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import dev.chancery.core.Bytes;
import java.nio.charset.StandardCharsets;

/// JSON from texts in tests.
final class JsonTexts {
    private JsonTexts() {}

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static JsonValue value(String text) {
        return Json.parse(bytes(text), "doc");
    }

    static Json parse(String text) {
        return value(text).json();
    }
}
