// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an authority claims about artifacts: an in-toto Statement v1.
public record Statement(List<Subject> subjects, String predicateType, Json.Members predicate) {
    /// Subjects of one statement.
    public static final int SUBJECTS_MAX = 1_000;
    /// Bytes: in base64 and with its frame it is a bundle that fits into a signature file.
    public static final int BYTES_MAX = 750_000;

    private static final String TYPE = "https://in-toto.io/Statement/v1";
    /// The same document under its older name, as cosign writes it.
    private static final String TYPE_BEFORE = "https://in-toto.io/Statement/v0.1";

    static final JsonLimits LIMITS = JsonLimits.foreign(BYTES_MAX);

    public Statement {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty() || subjects.size() > SUBJECTS_MAX) {
            throw new MalformedException(
                    "%d subjects of one statement are not 1 to %d".formatted(subjects.size(), SUBJECTS_MAX));
        }
        Predicate.requireType(predicateType);
    }

    /// The document: one line, the fields in this order. What is signed is always our own writing.
    public Bytes write() {
        String line = new JsonFields()
                .put("_type", TYPE)
                .put("subject", subjects.stream().map(Subject::toJson).toList())
                .put("predicateType", predicateType)
                .put("predicate", predicate)
                .toJson()
                .line();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > BYTES_MAX) {
            throw new MalformedException("statement has %d bytes, more than %d".formatted(bytes.length, BYTES_MAX));
        }
        return Bytes.of(bytes);
    }

    public static Statement read(Bytes document) {
        return Json.parse(document, "statement", LIMITS).object(Statement::read);
    }

    private static Statement read(JsonObject statement) {
        String type = statement.text("_type");
        if (!type.equals(TYPE) && !type.equals(TYPE_BEFORE)) {
            throw MalformedException.value("statement's _type", type, "is not that of an in-toto Statement v1");
        }
        var subjects = statement.list("subject", 1, SUBJECTS_MAX, value -> value.object(Subject::read));
        String predicateType = statement.required("predicateType").text();
        var predicate = members(statement.required("predicate"));
        return statement.check(() -> new Statement(subjects, predicateType, predicate));
    }

    /// The predicate of type [Predicate#PARAMETERS]: one object of texts.
    public static Json.Members parameters(SortedMap<String, String> parameters) {
        var fields = new JsonFields();
        parameters.forEach(fields::put);
        return fields.toJson();
    }

    /// Reads a predicate by itself, as it lies in a file.
    public static Json.Members readPredicate(Bytes document) {
        return members(Json.parse(document, "predicate", LIMITS));
    }

    private static Json.Members members(JsonValue value) {
        if (!(value.json() instanceof Json.Members members)) {
            throw value.malformed("is %s, not an object".formatted(value.json().kind()));
        }
        return members;
    }

    /// What a policy may look at.
    public Predicate said() {
        var values = new TreeMap<String, String>();
        collect("", predicate, values);
        return new Predicate(predicateType, values);
    }

    private static void collect(String pointer, Json json, SortedMap<String, String> values) {
        switch (json) {
            case Json.Members members ->
                members.fields().forEach((name, value) -> collect(Predicate.pointer(pointer, name), value, values));
            case Json.Elements elements -> {
                for (int i = 0; i < elements.list().size(); i++) {
                    collect(pointer + "/" + i, elements.list().get(i), values);
                }
            }
            case Json.Text text -> values.put(pointer, text.value());
            case Json.Whole whole -> values.put(pointer, Long.toString(whole.value()));
            case Json.Fraction fraction -> values.put(pointer, fraction.written());
            case Json.Bool bool -> values.put(pointer, Boolean.toString(bool.value()));
            case Json.Null none -> values.put(pointer, "null");
        }
    }
}
