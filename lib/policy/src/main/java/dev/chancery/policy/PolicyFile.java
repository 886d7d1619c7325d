// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.nio.charset.StandardCharsets;

/// What the two kinds of files have in common: their version and their size.
final class PolicyFile {
    /// The only version there is. A reader that does not know a version cannot know what it would leave out.
    static final int VERSION = 1;

    private PolicyFile() {}

    static void readVersion(JsonObject object) {
        JsonValue version = object.required("version");
        long given = version.integer(0, Json.INTEGER_MAX);
        if (given != VERSION) {
            throw version.malformed("is " + given + ", and only version " + VERSION + " is known here");
        }
    }

    /// The file's bytes. What could not be read again is not written.
    static Bytes bytes(Json json, String subject) {
        byte[] file = json.pretty().getBytes(StandardCharsets.UTF_8);
        if (file.length > Json.DOCUMENT_BYTES_MAX) {
            throw new MalformedException(
                    subject + " would have " + file.length + " bytes, more than " + Json.DOCUMENT_BYTES_MAX);
        }
        return Bytes.of(file);
    }
}
