// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The categories that packages may be of: those of the other implementation.
public final class Categories {
    /// One of them.
    ///
    /// @param parent empty for one that stands by itself
    public record Category(String id, String title, Optional<String> parent) {}

    private static final Map<String, Category> ALL = read();

    private Categories() {}

    private static Map<String, Category> read() {
        var all = new LinkedHashMap<String, Category>();
        Table.read("categories.json").forEach((id, value) -> {
            var fields = ((Json.Members) value).fields();
            var title = text(fields, "title").orElse(id);
            all.put(id, new Category(id, title, text(fields, "parent")));
        });
        return all;
    }

    private static Optional<String> text(Map<String, Json> fields, String name) {
        return fields.get(name) instanceof Json.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /// Their names.
    public static Set<String> names() {
        return ALL.keySet();
    }

    public static Optional<Category> get(String id) {
        return Optional.ofNullable(ALL.get(id));
    }

    /// Whether something of these categories is of this one: itself, or one below it.
    public static boolean isOf(Collection<String> categories, String wanted) {
        return categories.contains(wanted)
                || categories.stream()
                        .map(ALL::get)
                        .anyMatch(category -> category != null
                                && category.parent().filter(wanted::equals).isPresent());
    }
}
