// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every call there is. A test that lists [#routes()] has seen the whole surface.
public record Routes(List<Route> routes) {
    /// A route and the variables of the path that found it.
    record Found(Route route, Map<String, String> variables) {}

    public Routes {
        routes = routes.stream()
                .sorted((one, other) -> one.path().compareTo(other.path()))
                .toList();
        var names = new HashSet<String>();
        var shapes = new HashSet<String>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("two routes are named " + route.name());
            }
            if (!shapes.add(route.method() + " " + route.path().shape())) {
                throw new IllegalArgumentException(
                        "another route is of the shape of " + route.method() + " " + route.path());
            }
        }
    }

    /// The route of the most exact path that fits, `HEAD` being answered by that of `GET`.
    Optional<Found> find(Method method, List<String> path) {
        Method served = method == Method.HEAD ? Method.GET : method;
        for (Route route : routes) {
            if (route.method() == served) {
                var variables = route.path().match(path);
                if (variables.isPresent()) {
                    return Optional.of(new Found(route, variables.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// What may be asked of a path; empty when there is nothing under it.
    Set<Method> methods(List<String> path) {
        var methods = EnumSet.noneOf(Method.class);
        for (Route route : routes) {
            if (route.path().match(path).isPresent()) {
                methods.add(route.method());
            }
        }
        if (methods.contains(Method.GET)) {
            methods.add(Method.HEAD);
        }
        if (!methods.isEmpty()) {
            methods.add(Method.OPTIONS);
        }
        return methods;
    }
}
