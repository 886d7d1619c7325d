// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.json.Json;
import dev.chancery.server.http.Route;
import dev.chancery.server.http.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/// Calls in one spelling, from the routes and from their description, so that the two can be compared:
/// `GET /v1/artifacts/{sha256} artifact path=[sha256] query=[after, limit]`.
final class DescribedCalls {
    private DescribedCalls() {}

    static SortedSet<String> of(Routes routes) {
        var calls = new TreeSet<String>();
        for (Route route : routes.routes()) {
            var query = new TreeSet<>(route.query().once());
            query.addAll(route.query().repeatable());
            // A rest of several segments has no form of its own in OpenAPI.
            String path = route.path().toString().replace("...}", "}");
            calls.add(call(route.method().name(), path, route.name(), query));
        }
        return calls;
    }

    private static String call(String method, String path, String name, SortedSet<String> query) {
        return "%s %s %s path=%s query=%s".formatted(method, path, name, variables(path), query);
    }

    private static SortedSet<String> variables(String path) {
        var variables = new TreeSet<String>();
        for (String segment : path.split("/", -1)) {
            if (segment.startsWith("{")) {
                variables.add(segment.substring(1, segment.length() - 1));
            }
        }
        return variables;
    }

    static SortedSet<String> of(Json description) {
        var calls = new TreeSet<String>();
        members(at(description, "paths"))
                .fields()
                .forEach((path, methods) -> members(methods)
                        .fields()
                        .forEach((method, call) -> calls.add("%s %s %s path=%s query=%s"
                                .formatted(
                                        method.toUpperCase(Locale.ROOT),
                                        path,
                                        text(at(call, "operationId")),
                                        parameters(description, call, "path"),
                                        parameters(description, call, "query")))));
        return calls;
    }

    private static SortedSet<String> parameters(Json description, Json call, String in) {
        var names = new TreeSet<String>();
        for (Json given : list(members(call).fields().getOrDefault("parameters", new Json.Elements(List.of())))) {
            Json parameter = resolved(description, given);
            if (text(at(parameter, "in")).equals(in)) {
                names.add(text(at(parameter, "name")));
            }
        }
        return names;
    }

    /// What a `$ref` stands for.
    static Json resolved(Json description, Json given) {
        var reference = members(given).fields().get("$ref");
        return reference == null
                ? given
                : at(description, text(reference).substring("#/".length()).split("/"));
    }

    static Json at(Json json, String... names) {
        Json found = json;
        for (String name : names) {
            found = Objects.requireNonNull(members(found).fields().get(name), name);
        }
        return found;
    }

    static Json.Members members(Json json) {
        return (Json.Members) json;
    }

    static List<Json> list(Json json) {
        return ((Json.Elements) json).list();
    }

    static String text(Json json) {
        return ((Json.Text) json).value();
    }

    static List<String> texts(Json json) {
        var texts = new ArrayList<String>();
        list(json).forEach(element -> texts.add(text(element)));
        return texts;
    }
}
