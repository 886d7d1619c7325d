// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The file of a worker, whose form docs/worker.md has.
///
/// @param log who must have logged signatures: a log's key, or a policy file
/// @param watch how often directories and buckets are looked through for artifacts that nobody ordered; empty for never
record WorkerConfiguration(
        Map<String, PlaceText> places, List<Route> routes, Optional<String> log, Optional<Duration> watch) {
    private static final int LIST_MAX = 64;
    private static final int SECONDS_MAX = 86_400;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
    private static final Pattern URL = Pattern.compile("(?i)https?://.*|s3://.*");

    /// Where a place is, perhaps with `{name}` and `{version}` of an artifact.
    ///
    /// @param token a file with the token for it; empty for none of its own
    record PlaceText(String text, boolean directory, Optional<Path> token) {
        boolean isFixed() {
            return !text.contains("{");
        }

        /// A web server does; a bucket's credentials are those of the environment.
        boolean takesToken() {
            return !directory && !bucket();
        }

        boolean bucket() {
            return text.startsWith("s3:");
        }

        PlaceText with(Map<String, String> parts) {
            String filled = text;
            for (var part : parts.entrySet()) {
                filled = filled.replace("{" + part.getKey() + "}", part.getValue());
            }
            return new PlaceText(filled, directory, token);
        }
    }

    /// What is done with an artifact.
    ///
    /// @param to addresses of places
    record Plan(Route route, PlaceText from, List<PlaceText> to) {}

    static WorkerConfiguration parse(Bytes file, Path directory) {
        return Json.parse(file, "worker's configuration").object(document -> read(document, directory));
    }

    private static WorkerConfiguration read(JsonObject document, Path directory) {
        document.integer("version", 1, 1);
        var places = new HashMap<String, PlaceText>();
        document.list(
                "places",
                1,
                LIST_MAX,
                value -> value.object(place -> {
                    String name = place.text("name");
                    var token = place.optionalText("token_file", directory::resolve);
                    var at = place(place.text("at"), directory, token);
                    if (!at.takesToken() && token.isPresent()) {
                        throw place.malformed("has a token_file, and is no web server");
                    }
                    if (!NAME.matcher(name).matches() || places.put(name, at) != null) {
                        throw place.malformed(
                                "has a name that is no word of 64 lower-case letters, digits and \"-\", or twice");
                    }
                    return name;
                }));
        var routes = document.list(
                "routes",
                1,
                LIST_MAX,
                value -> value.object(route -> checked(route, Route.read(route, directory), places)));
        var watch = document.optional("watch_seconds").map(value -> Duration.ofSeconds(value.integer(1, SECONDS_MAX)));
        return new WorkerConfiguration(Map.copyOf(places), routes, document.optionalText("log", text -> text), watch);
    }

    /// Directories beside the file.
    private static PlaceText place(String text, Path directory, Optional<Path> token) {
        boolean address = URL.matcher(text).matches();
        return new PlaceText(address ? text : directory.resolve(text).toString(), !address, token);
    }

    private static Route checked(JsonObject object, Route route, Map<String, PlaceText> places) {
        var from = places.get(route.place());
        if (from == null || !from.isFixed()) {
            throw object.malformed("is for a place that is not there, or has {name} or {version} in its address");
        }
        for (String name : route.to()) {
            var to = places.get(name);
            if (to == null) {
                throw object.malformed("goes to a place that is not there: " + name);
            }
            for (String part : List.of("name", "version")) {
                if (to.text().contains("{" + part + "}")
                        && !route.artifacts().stream().allMatch(pattern -> pattern.has(part))) {
                    throw object.malformed("goes to a place with {%s}, which its patterns have not".formatted(part));
                }
            }
        }
        if (route.policy().isPresent() && !route.required().isEmpty()) {
            throw object.malformed("has both policy and require");
        }
        return route;
    }

    /// What is to be done with an artifact. Throws `RefusedException` (`no-route`) where nothing is.
    Plan plan(String place, ArtifactName artifact) {
        for (Route route : routes) {
            var parts = route.match(artifact);
            var from = places.get(place);
            if (route.place().equals(place) && from != null && parts.isPresent()) {
                var to = route.to().stream().map(places::get).toList();
                return new Plan(
                        route,
                        from,
                        (to.isEmpty() ? List.of(from) : to)
                                .stream().map(one -> one.with(parts.get())).toList());
            }
        }
        throw new RefusedException(
                "no-route", "no route of the worker is for %s of place %s".formatted(artifact, place));
    }
}
