// SPDX-License-Identifier: Apache-2.0
/// JSON (RFC 8259), strictly: one document is one value, and every text has one reading.
///
/// [Json#parse] gives a [JsonValue]: a value that knows its place (`policy.rules[2].name`), so that every error
/// does. An object is read by a function over [JsonObject], and when the function has returned, a field that it
/// did not ask for is an error. There is no other way to the fields of an object:
///
/// ```java
/// record Point(long x, long y) {}
/// Point point = Json.parse(bytes, "point")
///         .object(o -> new Point(o.integer("x", 0, 99), o.integer("y", 0, 99)));
/// ```
///
/// For `{"x":1,"y":2,"z":3}` this throws: `point.z is not known here; known are x, y`.
///
/// Every fault is a `MalformedException` that names the place, quotes the value, and for faults of syntax tells
/// line and column (from 1; columns in UTF-16 units).
///
/// What RFC 8259 leaves to the reader is decided here, always on the strict side:
///
/// | matter | section | here |
/// |---|---|---|
/// | encoding | 8.1 | UTF-8 only; malformed UTF-8 and a byte order mark are refused |
/// | duplicate names in an object | 4 | refused; names are compared after their escapes are resolved |
/// | half of a surrogate pair | 8.2 | refused, escaped or not |
/// | numbers | 6 | whole numbers from -2^53 to 2^53, the range that every reader keeps exactly; a fraction, an exponent
/// and `-0` are refused, or kept as they are written ([JsonLimits#foreign]) |
/// | anything after the value | 2 | refused, but for white space |
///
/// | limit | value | why |
/// |---|---|---|
/// | document | 1 MiB, or what the caller says ([Json#DOCUMENT_BYTES_MAX]) | bounds memory: a value takes at least two
/// bytes of text and at most some 150 bytes of heap |
/// | nesting | 32 ([Json#DEPTH_MAX]) | bounds the stack |
/// | text | 65,536 UTF-16 units ([Json#TEXT_CHARACTERS_MAX]) | a key file fits, a payload does not |
/// | text of others | as long as the document ([JsonLimits#foreign]) | a payload in base64 |
/// | name of a field | 128 UTF-16 units ([Json#NAME_CHARACTERS_MAX]) | longer than any field of ours; 2,048 for others'
/// |
/// | number | 17 characters ([Json#NUMBER_CHARACTERS_MAX]) | -2^53 has 17 |
///
/// Two written forms with the fields in the order in which they were put: [Json#pretty] for files that people
/// read (two spaces, a line feed at the end), [Json#line] for one line without spaces. A third,
/// [Json#canonical], is the canonical form of RFC 8785 for bytes that are hashed or signed.
package dev.chancery.json;
