// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads YAML 1.2 as the values of JSON. A dot in a name is a step: `owner.github` is the field `github` of `owner`.
final class Yaml {
    /// Bytes of one file: the largest manifests that are published have a tenth of it.
    static final int BYTES_MAX = 1 << 20;
    /// Lists and maps that stand for others by an alias: a bound for what a small file may become.
    static final int ALIASES_MAX = 50;
    /// Values of one file, aliases resolved.
    static final int VALUES_MAX = 100_000;

    private final String subject;
    private int values;

    private Yaml(String subject) {
        this.subject = subject;
    }

    /// One document, which has to be a map. The subject names it in errors.
    static Json.Members read(Bytes file, String subject) {
        var settings = LoadSettings.builder()
                .setLabel(subject)
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(ALIASES_MAX)
                .setCodePointLimit(BYTES_MAX)
                .build();
        try {
            Object document = new Load(settings).loadFromString(text(file, subject));
            if (new Yaml(subject).json(document, 0) instanceof Json.Members members) {
                return members;
            }
        } catch (YamlEngineException e) {
            throw new MalformedException("%s is not YAML: %s".formatted(subject, Quoted.text(firstLine(e))), e);
        } catch (StackOverflowError e) {
            throw new MalformedException("%s is nested too deeply".formatted(subject), e);
        }
        throw new MalformedException("%s is not a map".formatted(subject));
    }

    private static String text(Bytes file, String subject) {
        if (file.length() > BYTES_MAX) {
            throw new MalformedException("%s has %d bytes, more than %d".formatted(subject, file.length(), BYTES_MAX));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("%s is not UTF-8".formatted(subject), e);
        }
    }

    private static String firstLine(YamlEngineException e) {
        return Optional.ofNullable(e.getMessage())
                .flatMap(text -> text.lines().findFirst())
                .orElse("");
    }

    private Json json(@Nullable Object value, int depth) {
        if (++values > VALUES_MAX || depth > Json.DEPTH_MAX) {
            throw new MalformedException("%s has more than %d values, or more than %d inside each other"
                    .formatted(subject, VALUES_MAX, Json.DEPTH_MAX));
        }
        return switch (value) {
            case null -> new Json.Null();
            case String text -> new Json.Text(text);
            case Boolean bool -> new Json.Bool(bool);
            case Integer whole -> new Json.Whole(whole);
            case Long whole -> number(BigDecimal.valueOf(whole));
            case BigInteger whole -> number(new BigDecimal(whole));
            case Double number when !number.isNaN() && !number.isInfinite() -> number(BigDecimal.valueOf(number));
            case List<?> list -> elements(list, depth);
            case Map<?, ?> map -> members(map, depth);
            default ->
                throw new MalformedException(
                        "%s has a value that JSON has none for: %s".formatted(subject, Quoted.text(value.toString())));
        };
    }

    private static Json number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.abs().compareTo(BigDecimal.valueOf(Json.INTEGER_MAX)) <= 0;
        return whole ? new Json.Whole(plain.longValueExact()) : new Json.Fraction(plain.toString());
    }

    private Json elements(List<?> list, int depth) {
        var elements = new ArrayList<Json>();
        list.forEach(element -> elements.add(json(element, depth + 1)));
        return new Json.Elements(elements);
    }

    private Json members(Map<?, ?> map, int depth) {
        var members = new LinkedHashMap<String, Json>();
        map.forEach((name, value) -> {
            var steps = List.of(String.valueOf(name).split("\\.", -1));
            put(members, steps, json(value, depth + 1));
        });
        return new Json.Members(members);
    }

    private void put(Map<String, Json> members, List<String> steps, Json value) {
        String name = steps.getFirst();
        Json there = members.get(name);
        if (steps.size() > 1) {
            var below = new LinkedHashMap<String, Json>();
            if (there instanceof Json.Members some) {
                below.putAll(some.fields());
            }
            put(below, steps.subList(1, steps.size()), value);
            members.put(name, new Json.Members(below));
        } else if (there instanceof Json.Members some && value instanceof Json.Members more) {
            var joined = new LinkedHashMap<>(some.fields());
            more.fields().forEach((field, inner) -> put(joined, List.of(field), inner));
            members.put(name, new Json.Members(joined));
        } else {
            members.put(name, value);
        }
    }
}
