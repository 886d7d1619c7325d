// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Supplier;

/// The fields of an object while [JsonValue#object] reads it. What is not asked for is refused at the end.
public final class JsonObject {
    /// Names in an error: enough to see the misspelt one, short enough for one line.
    private static final int SHOWN_NAMES_MAX = 8;

    private final JsonValue place;
    private final Json.Members members;
    private final Set<String> known = new LinkedHashSet<>();

    JsonObject(JsonValue place, Json.Members members) {
        this.place = place;
        this.members = members;
    }

    /// A field that may be absent. A field that is `null` is there.
    public Optional<JsonValue> optional(String name) {
        known.add(name);
        Json json = members.fields().get(name);
        return json == null ? Optional.empty() : Optional.of(new JsonValue(place.field(name), json));
    }

    public JsonValue required(String name) {
        return optional(name).orElseThrow(() -> malformed("lacks the field " + Quoted.text(name) + there()));
    }

    public String text(String name) {
        return required(name).text();
    }

    public <T> T text(String name, Function<String, T> parse) {
        return required(name).text(parse);
    }

    public <T> Optional<T> optionalText(String name, Function<String, T> parse) {
        return optional(name).map(value -> value.text(parse));
    }

    public long integer(String name, long min, long max) {
        return required(name).integer(min, max);
    }

    public boolean bool(String name) {
        return required(name).bool();
    }

    public <T> T object(String name, Function<JsonObject, T> read) {
        return required(name).object(read);
    }

    public <T> List<T> list(String name, int min, int max, Function<JsonValue, T> read) {
        return required(name).list(min, max, read);
    }

    /// Makes something whose own `MalformedException` gets this object's place in front.
    public <T> T check(Supplier<T> make) {
        return place.check(make);
    }

    /// An error about this object: its place and the fault.
    public MalformedException malformed(String fault) {
        return place.malformed(fault);
    }

    void end() {
        for (String name : members.fields().keySet()) {
            if (!known.contains(name)) {
                throw new MalformedException(
                        place.field(name) + " is not known here; known are " + String.join(", ", known));
            }
        }
    }

    private String there() {
        if (members.fields().isEmpty()) {
            return "; it is empty";
        }
        var names = new StringJoiner(", ", "; it has ", members.fields().size() > SHOWN_NAMES_MAX ? "..." : "");
        members.fields().keySet().stream().limit(SHOWN_NAMES_MAX).forEach(name -> names.add(Quoted.text(name)));
        return names.toString();
    }
}
