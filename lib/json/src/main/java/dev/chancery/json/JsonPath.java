// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import dev.chancery.core.Quoted;
import org.jspecify.annotations.Nullable;

/// Where a value stands: `policy.rules[2].name`. Kept as a chain and written out only for an error.
record JsonPath(@Nullable JsonPath parent, String step) {
    static JsonPath root(String subject) {
        return new JsonPath(null, subject);
    }

    JsonPath field(String name) {
        return new JsonPath(this, isWord(name) ? "." + name : "[" + Quoted.text(name) + "]");
    }

    JsonPath element(int index) {
        return new JsonPath(this, "[" + index + "]");
    }

    private static boolean isWord(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    @Override
    public String toString() {
        return parent == null ? step : parent + step;
    }
}
