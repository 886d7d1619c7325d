// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.util.HashSet;
import java.util.Set;

/// One call of the API: where it is, which query parameters it takes, and what answers it.
///
/// ```java
/// Route.of(Method.GET, "/v1/artifacts/{sha256}", "artifact", this::artifact).query("after").repeatable("format");
/// ```
public record Route(Place place, Query query, Load load, Handler handler) {
    /// Characters of a name: a label in metrics.
    static final int NAME_CHARACTERS_MAX = 48;

    /// A method, a path, and the stable name by which metrics, the access log and tests know the two.
    public record Place(Method method, PathTemplate path, String name) {
        public Place {
            boolean wellFormed = !name.isEmpty()
                    && name.length() <= NAME_CHARACTERS_MAX
                    && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
            if (!wellFormed) {
                throw new IllegalArgumentException("route name " + name + " is not lower-case letters, digits, \"-\"");
            }
            if (method == Method.HEAD || method == Method.OPTIONS) {
                throw new IllegalArgumentException(method + " is answered for every path: " + path);
            }
        }
    }

    /// The query parameters that may be there: each at most once, or any number of times.
    ///
    /// @param tolerant whether others may be there too, and mean nothing
    public record Query(Set<String> once, Set<String> repeatable, boolean tolerant) {
        static final Query NONE = new Query(Set.of(), Set.of(), false);

        public Query {
            once = Set.copyOf(once);
            repeatable = Set.copyOf(repeatable);
            if (once.stream().anyMatch(repeatable::contains)) {
                throw new IllegalArgumentException("a parameter is both repeatable and not: " + once);
            }
        }

        boolean knows(String parameter) {
            return once.contains(parameter) || repeatable.contains(parameter);
        }
    }

    /// Whether a request counts among those that are handled at once.
    public enum Load {
        /// It does: above the limit it is answered 503.
        COUNTED,
        /// It is answered however busy the server is, because it tells others that the server lives.
        VITAL
    }

    /// Without query parameters.
    public static Route of(Method method, String path, String name, Handler handler) {
        return new Route(new Place(method, PathTemplate.parse(path), name), Query.NONE, Load.COUNTED, handler);
    }

    /// The same, with parameters that may stand in the query once.
    public Route query(String... names) {
        return new Route(place, new Query(joined(query.once, names), query.repeatable, query.tolerant), load, handler);
    }

    /// The same, with parameters that may stand in the query any number of times.
    public Route repeatable(String... names) {
        return new Route(place, new Query(query.once, joined(query.repeatable, names), query.tolerant), load, handler);
    }

    /// The same, for clients whose later versions send parameters that are not known yet: those mean nothing.
    public Route tolerant() {
        return new Route(place, new Query(query.once, query.repeatable, true), load, handler);
    }

    /// The same, answered however busy the server is.
    public Route vital() {
        return new Route(place, query, Load.VITAL, handler);
    }

    private static Set<String> joined(Set<String> some, String... more) {
        var all = new HashSet<>(some);
        for (String name : more) {
            if (!all.add(name)) {
                throw new IllegalArgumentException("parameter " + name + " is declared twice");
            }
        }
        return all;
    }

    public Method method() {
        return place.method;
    }

    public PathTemplate path() {
        return place.path;
    }

    public String name() {
        return place.name;
    }
}
