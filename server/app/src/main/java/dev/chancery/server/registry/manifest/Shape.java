// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which fields of a manifest a registry tells, and of what kind they are. All others are left out.
///
/// @param fields in the order in which they are written
record Shape(List<Field> fields) {
    /// What a value has to be. Reads what is there: absent and `null` are the same.
    @FunctionalInterface
    interface Kind {
        Json read(Json value, String where);
    }

    /// What stands for a field that the manifest has not, or has empty.
    enum Absence {
        /// Nothing.
        LEFT_OUT,
        /// Nothing where it is absent; false and empty texts are told.
        TOLD_IF_THERE,
        /// An empty text, or false.
        ALWAYS_TOLD
    }

    /// One field.
    ///
    /// @param name dots in it are steps in the manifest, and remain in what is told
    record Field(String name, Kind kind, Absence absence, Json empty) {}

    private static final Json EMPTY = new Json.Text("");
    private static final Json NO = new Json.Bool(false);

    static Shape of(Field... fields) {
        return new Shape(List.of(fields));
    }

    /// The same with more fields behind.
    Shape and(Field... more) {
        var all = new ArrayList<>(fields);
        all.addAll(List.of(more));
        return new Shape(all);
    }

    static Field text(String name) {
        return new Field(name, Shape::readText, Absence.LEFT_OUT, EMPTY);
    }

    static Field alwaysText(String name) {
        return new Field(name, Shape::readText, Absence.ALWAYS_TOLD, EMPTY);
    }

    static Field flag(String name, Absence absence) {
        return new Field(name, Shape::readFlag, absence, NO);
    }

    static Field texts(String name) {
        return new Field(name, (value, where) -> readList(value, where, Shape::readText), Absence.LEFT_OUT, EMPTY);
    }

    static Field list(String name, Shape shape) {
        return new Field(name, (value, where) -> readList(value, where, shape::read), Absence.LEFT_OUT, EMPTY);
    }

    static Field object(String name, Shape shape) {
        return new Field(name, shape::read, Absence.TOLD_IF_THERE, EMPTY);
    }

    /// Whatever it is.
    static Field any(String name) {
        return new Field(name, (value, where) -> value, Absence.TOLD_IF_THERE, EMPTY);
    }

    /// A map, told as it is.
    static Field map(String name) {
        return new Field(name, (value, where) -> readMap(value, where), Absence.LEFT_OUT, EMPTY);
    }

    /// What is told of a manifest, or of an object in it.
    Json.Members read(Json value, String where) {
        var told = new LinkedHashMap<String, Json>();
        Json.Members object = readMap(value, where);
        for (Field field : fields) {
            var there = at(object, field.name()).map(found -> field.kind().read(found, where + "." + field.name()));
            switch (field.absence()) {
                case ALWAYS_TOLD -> told.put(field.name(), there.orElse(field.empty()));
                case TOLD_IF_THERE -> there.ifPresent(found -> told.put(field.name(), found));
                case LEFT_OUT ->
                    there.filter(found -> !isEmpty(found)).ifPresent(found -> told.put(field.name(), found));
            }
        }
        return new Json.Members(told);
    }

    private static Optional<Json> at(Json.Members object, String path) {
        Json found = object;
        for (String step : path.split("\\.", -1)) {
            found = found instanceof Json.Members members ? members.fields().get(step) : null;
        }
        return Optional.ofNullable(found).filter(value -> !(value instanceof Json.Null));
    }

    private static boolean isEmpty(Json value) {
        return switch (value) {
            case Json.Text text -> text.value().isEmpty();
            case Json.Bool bool -> !bool.value();
            case Json.Elements elements -> elements.list().isEmpty();
            case Json.Members members -> members.fields().isEmpty();
            default -> false;
        };
    }

    private static Json readText(Json value, String where) {
        return switch (value) {
            case Json.Text text -> text;
            case Json.Whole whole -> new Json.Text(Long.toString(whole.value()));
            case Json.Fraction fraction -> new Json.Text(fraction.written());
            case Json.Bool bool -> new Json.Text(Boolean.toString(bool.value()));
            default -> throw wrong(value, where, "a text");
        };
    }

    private static Json readFlag(Json value, String where) {
        if (value instanceof Json.Bool) {
            return value;
        }
        throw wrong(value, where, "true or false");
    }

    private static Json.Members readMap(Json value, String where) {
        if (value instanceof Json.Members members) {
            return members;
        }
        throw wrong(value, where, "a map");
    }

    /// One value is a list of one.
    private static Json readList(Json value, String where, Kind kind) {
        var elements = value instanceof Json.Elements(var list) ? list : List.of(value);
        return new Json.Elements(
                elements.stream().map(element -> kind.read(element, where)).toList());
    }

    private static MalformedException wrong(Json value, String where, String wanted) {
        return new MalformedException("%s is %s, not %s".formatted(where, value.kind(), wanted));
    }

    /// A copy of an object that can be changed.
    static Map<String, Json> copy(Json.Members object) {
        return new LinkedHashMap<>(object.fields());
    }

    /// The objects of a field that is a list of them; none where it is absent.
    static List<Json.Members> objects(Map<String, Json> object, String field) {
        @Nullable Json list = object.get(field);
        return list instanceof Json.Elements(var elements)
                ? elements.stream().map(Json.Members.class::cast).toList()
                : List.of();
    }
}
