// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

/// What a document may hold besides what [Json] fixes: its bytes, the UTF-16 units of one text and of a field's name,
/// and whether numbers that are not whole, or not within 2^53 of zero, are let in as they are written.
public record JsonLimits(int bytes, int textCharacters, int nameCharacters, boolean fractions) {
    /// UTF-16 units of the name of a field that somebody else chose: a URI fits.
    private static final int FOREIGN_NAME_CHARACTERS_MAX = 2_048;

    /// For documents whose fields are ours.
    static JsonLimits ours(int bytes) {
        return new JsonLimits(bytes, Json.TEXT_CHARACTERS_MAX, Json.NAME_CHARACTERS_MAX, false);
    }

    /// For documents of others, which are kept or handed on: texts may be as long as the document.
    public static JsonLimits foreign(int bytes) {
        return new JsonLimits(bytes, bytes, FOREIGN_NAME_CHARACTERS_MAX, true);
    }
}
