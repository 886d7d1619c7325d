// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a statement says of its artifacts (in-toto Statement v1, fields `predicateType` and `predicate`): a URI that
/// tells the kind, and the predicate's values, each under its place as a JSON Pointer (RFC 6901): `/job` → `42`.
///
/// Only what has a text is a value: texts, numbers as they were written, `true`, `false` and `null`.
public record Predicate(String type, SortedMap<String, String> values) implements Comparable<Predicate> {
    /// The type of a predicate that is one object of texts: what `chancery attest --param job=42` says.
    public static final String PARAMETERS = "https://chancery.dev/attestation/parameters/v1";

    /// Bytes of UTF-8 of the type: as long as addresses are in practice (RFC 9110, section 4.1 asks for 8,000).
    public static final int TYPE_BYTES_MAX = 2_048;

    public Predicate {
        requireType(type);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /// Refuses what is no URI (RFC 3986, section 3): a scheme, a colon, and visible ASCII.
    public static void requireType(String type) {
        boolean visible = !type.isEmpty() && type.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!visible || !type.substring(0, Math.max(0, type.indexOf(':'))).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            throw MalformedException.value("predicate type", type, "is not a URI");
        }
        if (type.getBytes(StandardCharsets.UTF_8).length > TYPE_BYTES_MAX) {
            throw MalformedException.value("predicate type", type, "has more than %d bytes".formatted(TYPE_BYTES_MAX));
        }
    }

    /// The JSON Pointer of a field of an object (RFC 6901, section 3): `~` and `/` in its name are escaped.
    public static String pointer(String object, String field) {
        return object + "/" + field.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public int compareTo(Predicate other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : values.toString().compareTo(other.values.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Predicate that && type.equals(that.type) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + values.hashCode();
    }
}
