// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import dev.chancery.core.MalformedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Header fields (RFC 9110, section 5). Names are compared without regard to case, and kept in lower case.
public final class Headers {
    private final Map<String, List<String>> fields;

    public Headers(Map<String, List<String>> fields) {
        this.fields = new LinkedHashMap<>();
        fields.forEach((name, values) -> this.fields.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    }

    /// Every value, in the order in which they came.
    public List<String> all(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// The value of a field that may stand there once. Throws `MalformedException` when it stands there twice.
    public Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new MalformedException("header " + name + " stands in the request " + values.size() + " times");
        }
        return values.stream().findFirst();
    }

    Map<String, List<String>> fields() {
        return fields;
    }
}
