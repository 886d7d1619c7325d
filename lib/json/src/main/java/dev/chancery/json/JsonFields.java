// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds an object, field by field, in the order in which they will be written. For one thread.
public final class JsonFields {
    private final Map<String, Json> fields = new LinkedHashMap<>();

    public JsonFields() {}

    public JsonFields put(String name, Json value) {
        if (fields.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("field " + name + " was put twice");
        }
        return this;
    }

    public JsonFields put(String name, String value) {
        return put(name, new Json.Text(value));
    }

    public JsonFields put(String name, long value) {
        return put(name, new Json.Whole(value));
    }

    public JsonFields put(String name, boolean value) {
        return put(name, new Json.Bool(value));
    }

    public JsonFields put(String name, List<? extends Json> values) {
        return put(name, new Json.Elements(new ArrayList<>(values)));
    }

    /// An array of texts: each value as its `toString` says.
    public JsonFields putTexts(String name, Collection<?> values) {
        var texts = new ArrayList<Json>(values.size());
        for (Object value : values) {
            texts.add(new Json.Text(value.toString()));
        }
        return put(name, new Json.Elements(texts));
    }

    public Json.Members toJson() {
        return new Json.Members(fields);
    }
}
