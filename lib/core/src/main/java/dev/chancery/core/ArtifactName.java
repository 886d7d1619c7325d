// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import java.nio.charset.StandardCharsets;

/// The name under which an artifact is signed: a file name, never a path.
///
/// The bytes of an artifact may be anywhere; the name is what a signing rule matches and what a record shows.
public record ArtifactName(String text) {
    /// Bytes of UTF-8: what the usual file systems take for one name.
    public static final int BYTES_MAX = 255;

    public ArtifactName {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > BYTES_MAX) {
            throw MalformedException.value(
                    "artifact name", text, "has %d bytes, not 1 to %d".formatted(bytes, BYTES_MAX));
        }
        if (text.equals(".") || text.equals("..") || text.indexOf('/') >= 0) {
            throw MalformedException.value("artifact name", text, "is a path, not a file name");
        }
        if (!text.codePoints().allMatch(Quoted::isPlain)) {
            throw MalformedException.value("artifact name", text, "holds a control or formatting character");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
