// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value without its place. See the package comment for what is refused.
public sealed interface Json {
    /// Bytes of a document: thousands of rules, and nothing that fills a memory.
    int DOCUMENT_BYTES_MAX = 1 << 20;
    /// Objects and arrays inside each other: bounds the stack of everything that walks the tree.
    int DEPTH_MAX = 32;
    /// UTF-16 units of one text: a key file in PEM fits, a payload does not.
    int TEXT_CHARACTERS_MAX = 1 << 16;
    /// UTF-16 units of a field's name.
    int NAME_CHARACTERS_MAX = 128;
    /// Characters of a number: `-9007199254740992` has 17.
    int NUMBER_CHARACTERS_MAX = 17;
    /// Either side of zero: the range in which every reader of JSON keeps whole numbers (RFC 8259, section 6).
    long INTEGER_MAX = 1L << 53;

    /// An object (RFC 8259, section 4), its fields in the order in which they stand.
    record Members(Map<String, Json> fields) implements Json {
        public Members {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            fields.keySet().forEach(Json::checkUnicode);
        }
    }

    /// An array (RFC 8259, section 5).
    record Elements(List<Json> list) implements Json {
        public Elements {
            list = List.copyOf(list);
        }
    }

    /// A string (RFC 8259, section 7): any Unicode text, so no half of a surrogate pair.
    record Text(String value) implements Json {
        public Text {
            checkUnicode(value);
        }
    }

    /// A whole number (RFC 8259, section 6).
    record Whole(long value) implements Json {
        public Whole {
            if (value < -INTEGER_MAX || value > INTEGER_MAX) {
                throw new MalformedException("number " + value + " is not within 2^53 of zero");
            }
        }
    }

    /// Any other number (RFC 8259, section 6), as it was written: nobody here calculates with it. It is read only
    /// where the limits let [fractions][JsonLimits#fractions] in.
    record Fraction(String written) implements Json {
        public Fraction {
            if (!JsonParsing.isNumber(written)) {
                throw MalformedException.value("number", written, "is not a number of JSON");
            }
        }
    }

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /// Reads one document of at most [#DOCUMENT_BYTES_MAX] bytes. The subject names it in errors: `policy`.
    static JsonValue parse(Bytes document, String subject) {
        return parse(document, subject, DOCUMENT_BYTES_MAX);
    }

    /// Reads one document of at most `bytesMax` bytes.
    static JsonValue parse(Bytes document, String subject, int bytesMax) {
        return parse(document, subject, JsonLimits.ours(bytesMax));
    }

    /// Reads one document within other limits.
    static JsonValue parse(Bytes document, String subject, JsonLimits limits) {
        if (document.length() > limits.bytes()) {
            throw new MalformedException(subject + " has " + document.length() + " bytes, more than " + limits.bytes());
        }
        return JsonParsing.parse(document.toArray(), subject, limits);
    }

    /// For files that people read: two spaces for each level, one field or element a line, a line feed at the end.
    default String pretty() {
        return JsonWriting.pretty(this);
    }

    /// One line without white space and without a line feed.
    default String line() {
        return JsonWriting.line(this);
    }

    /// The canonical form of RFC 8785: bytes that two programs agree on, to hash or to sign. Throws
    /// `MalformedException` for a [Fraction], whose canonical form would take calculating with it.
    default String canonical() {
        return CanonicalWriting.write(this);
    }

    /// What the value is, in words for an error.
    default String kind() {
        return switch (this) {
            case Members members -> "an object";
            case Elements elements -> "an array";
            case Text text -> "the text " + Quoted.text(text.value());
            case Whole whole -> "the number " + whole.value();
            case Fraction fraction -> "the number " + fraction.written();
            case Bool bool -> bool.value() ? "true" : "false";
            case Null none -> "null";
        };
    }

    private static void checkUnicode(String text) {
        if (!isUnicode(text)) {
            throw MalformedException.value("text", text, "holds half of a surrogate pair");
        }
    }

    /// Whether every surrogate has its other half, so that the text has bytes in UTF-8 (RFC 8259, section 8.2).
    static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && Character.charCount(text.codePointAt(i++)) == 1) {
                return false;
            }
        }
        return true;
    }
}
