// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import dev.chancery.core.MalformedException;
import java.util.Map;
import java.util.TreeMap;

/// The JSON Canonicalization Scheme (RFC 8785).
final class CanonicalWriting {
    /// Below it all characters are escaped (RFC 8785, section 3.2.2.2).
    private static final char SPACE = ' ';

    private final StringBuilder out = new StringBuilder();

    private CanonicalWriting() {}

    static String write(Json json) {
        var writing = new CanonicalWriting();
        writing.value(json);
        return writing.out.toString();
    }

    private void value(Json json) {
        switch (json) {
            case Json.Members members -> object(members.fields());
            case Json.Elements elements -> array(elements.list());
            case Json.Text text -> text(text.value());
            // Section 3.2.2.3: within 2^53 of zero a whole number is written as it is.
            case Json.Whole whole -> out.append(whole.value());
            case Json.Fraction fraction ->
                throw MalformedException.value("number", fraction.written(), "has no canonical form here");
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null none -> out.append("null");
        }
    }

    /// Section 3.2.3: "property name strings ... are formatted as arrays of UTF-16 code units. The sorting is
    /// based on pure value comparisons", which is the order of Java's strings.
    private void object(Map<String, Json> fields) {
        char separator = '{';
        for (var field : new TreeMap<>(fields).entrySet()) {
            out.append(separator);
            text(field.getKey());
            out.append(':');
            value(field.getValue());
            separator = ',';
        }
        out.append(fields.isEmpty() ? "{}" : "}");
    }

    private void array(Iterable<Json> elements) {
        String separator = "";
        out.append('[');
        for (Json element : elements) {
            out.append(separator);
            value(element);
            separator = ",";
        }
        out.append(']');
    }

    /// Section 3.2.2.2.
    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                case '"', '\\' -> out.append('\\').append(c);
                default -> {
                    if (c < SPACE) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
