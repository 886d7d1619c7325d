// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.Predicate;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Requirements in a policy file; the grammar is in the package comment.
final class RequirementJson {
    private RequirementJson() {}

    static Requirement read(JsonValue value) {
        return switch (value.json()) {
            case Json.Text text -> new Requirement.Signed(value.text(Authority::new));
            default -> value.object(RequirementJson::read);
        };
    }

    private static Requirement read(JsonObject object) {
        Optional<JsonValue> all = object.optional("all");
        Optional<JsonValue> any = object.optional("any");
        Optional<JsonValue> atLeast = object.optional("at_least");
        Optional<JsonValue> authority = object.optional("authority");
        long forms = List.of(all, any, atLeast, authority).stream()
                .filter(Optional::isPresent)
                .count();
        if (forms != 1) {
            throw object.malformed(
                    "has " + forms + " of the fields all, any, at_least and authority where exactly one is needed");
        }
        if (authority.isPresent()) {
            return signed(authority.get(), object);
        }
        if (atLeast.isPresent()) {
            int count = (int) atLeast.get().integer(1, Requirement.ENTRIES_MAX);
            return list(object, object.required("of"), count);
        }
        JsonValue entries = all.isPresent() ? all.get() : any.orElseThrow();
        List<Requirement> of = entries(entries);
        return entries.check(() -> new Requirement.AtLeast(all.isPresent() ? of.size() : 1, of));
    }

    private static Requirement list(JsonObject object, JsonValue field, int count) {
        List<Requirement> of = entries(field);
        return object.check(() -> new Requirement.AtLeast(count, of));
    }

    private static List<Requirement> entries(JsonValue field) {
        return field.list(1, Requirement.ENTRIES_MAX, RequirementJson::read);
    }

    private static Requirement signed(JsonValue authority, JsonObject object) {
        Optional<JsonValue> type = object.optional("predicate_type");
        Optional<JsonValue> params = object.optional("params");
        if (type.isPresent() || params.isPresent()) {
            return stated(authority, type, params);
        }
        SortedSet<FormatName> formats = formats(object, Requirement.Signed.FORMATS_MAX);
        return object.check(() -> new Requirement.Signed(authority.text(Authority::new), formats));
    }

    private static Requirement stated(JsonValue authority, Optional<JsonValue> type, Optional<JsonValue> params) {
        String predicateType = type.map(JsonValue::text).orElse(Predicate.PARAMETERS);
        var values = new TreeMap<String, String>();
        params.ifPresent(object -> values.putAll(params(object)));
        return authority.check(() -> new Requirement.Stated(new Authority(authority.text()), predicateType, values));
    }

    private static SortedMap<String, String> params(JsonValue object) {
        var values = new TreeMap<String, String>();
        if (object.json() instanceof Json.Members members) {
            members.fields().keySet().forEach(name -> values.put(name, ""));
        }
        return object.object(fields -> {
            values.replaceAll((name, none) -> fields.text(name));
            return values;
        });
    }

    /// The field `formats`: 1 to `max` different names.
    static SortedSet<FormatName> formats(JsonObject object, int max) {
        var formats = new TreeSet<FormatName>();
        object.list("formats", 1, max, value -> {
            FormatName format = value.text(FormatName::new);
            if (!formats.add(format)) {
                throw value.malformed("is " + format + " a second time");
            }
            return format;
        });
        return formats;
    }

    static Json write(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Signed signed
            when signed.formats().isEmpty() -> new Json.Text(signed.authority().name());
            case Requirement.Signed signed ->
                new JsonFields()
                        .put("authority", signed.authority().name())
                        .putTexts("formats", signed.formats())
                        .toJson();
            case Requirement.Stated stated -> {
                var params = new JsonFields();
                stated.params().forEach(params::put);
                yield new JsonFields()
                        .put("authority", stated.authority().name())
                        .put("predicate_type", stated.predicateType())
                        .put("params", params.toJson())
                        .toJson();
            }
            case Requirement.AtLeast list
            when list.count() == list.of().size() ->
                new JsonFields().put("all", entries(list)).toJson();
            case Requirement.AtLeast list
            when list.count() == 1 -> new JsonFields().put("any", entries(list)).toJson();
            case Requirement.AtLeast list ->
                new JsonFields()
                        .put("at_least", list.count())
                        .put("of", entries(list))
                        .toJson();
        };
    }

    private static List<Json> entries(Requirement.AtLeast list) {
        return list.of().stream().map(RequirementJson::write).toList();
    }
}
