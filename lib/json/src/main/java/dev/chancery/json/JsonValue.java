// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// A value that was read, and its place. Each method throws `MalformedException` when the value is of another kind.
public final class JsonValue {
    private final JsonPath path;
    private final Json json;

    JsonValue(JsonPath path, Json json) {
        this.path = path;
        this.json = json;
    }

    public Json json() {
        return json;
    }

    /// The place in words: `policy.rules[2].name`.
    public String path() {
        return path.toString();
    }

    /// Reads an object. When the function has returned, a field that it did not ask for is an error.
    public <T> T object(Function<JsonObject, T> read) {
        if (!(json instanceof Json.Members members)) {
            throw notThe("an object");
        }
        var object = new JsonObject(this, members);
        T value = read.apply(object);
        object.end();
        return value;
    }

    /// Reads each element of an array of `min` to `max` elements.
    public <T> List<T> list(int min, int max, Function<JsonValue, T> read) {
        if (!(json instanceof Json.Elements elements)) {
            throw notThe("an array");
        }
        int size = elements.list().size();
        if (size < min || size > max) {
            throw malformed("has " + size + " elements, not " + min + " to " + max);
        }
        var values = new ArrayList<T>(size);
        for (Json element : elements.list()) {
            values.add(read.apply(new JsonValue(path.element(values.size()), element)));
        }
        return List.copyOf(values);
    }

    public String text() {
        if (!(json instanceof Json.Text text)) {
            throw notThe("a text");
        }
        return text.value();
    }

    /// Reads a text into a value with a rule of its own, whose error gets this place.
    public <T> T text(Function<String, T> parse) {
        String text = text();
        return check(() -> parse.apply(text));
    }

    /// Reads a whole number from `min` to `max`, both included.
    public long integer(long min, long max) {
        if (!(json instanceof Json.Whole whole)) {
            throw notThe("a whole number");
        }
        if (whole.value() < min || whole.value() > max) {
            throw malformed("is " + whole.value() + ", not " + min + " to " + max);
        }
        return whole.value();
    }

    public boolean bool() {
        if (!(json instanceof Json.Bool bool)) {
            throw notThe("true or false");
        }
        return bool.value();
    }

    /// Makes something whose own `MalformedException` gets this place in front.
    public <T> T check(Supplier<T> make) {
        try {
            return make.get();
        } catch (MalformedException e) {
            throw new MalformedException(path + ": " + e.sentence(), e);
        }
    }

    /// An error about this value: `policy.rules[2].name` and the fault.
    public MalformedException malformed(String fault) {
        return new MalformedException(path + " " + fault);
    }

    JsonPath field(String name) {
        return path.field(name);
    }

    private MalformedException notThe(String expected) {
        return malformed("is " + json.kind() + ", not " + expected);
    }
}
