// SPDX-License-Identifier: Apache-2.0
package dev.chancery.bundle;

import dev.chancery.core.Bytes;
import dev.chancery.json.JsonValue;
import java.util.Base64;

/// Bytes in JSON: we write the alphabet of RFC 4648, section 4; the JSON form of Protocol Buffers and DSSE both let
/// readers meet that of section 5 as well, with and without padding.
final class Base64Text {
    private Base64Text() {}

    static String write(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    static Bytes read(JsonValue value) {
        String text = value.text();
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return Bytes.of((urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
        } catch (IllegalArgumentException e) {
            throw value.malformed("is not base64");
        }
    }
}
