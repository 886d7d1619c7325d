// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Bytes;
import dev.chancery.json.JsonFields;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/// For those who run the server: whether it lives, whether it can sign, and its numbers.
final class HealthApi {
    private final Supplier<Api.Health> health;
    private final Metrics metrics;

    HealthApi(Supplier<Api.Health> health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.GET, "/healthz", "health", request -> Answer.text(200, "ok\n"))
                        .vital(),
                Route.of(Method.GET, "/readyz", "readiness", this::ready).vital(),
                Route.of(Method.GET, "/metrics", "metrics", this::numbers).vital());
    }

    private Answer ready(Request request) {
        var found = health.get();
        boolean ready = found.faults().isEmpty();
        var json = new JsonFields()
                .put("ready", ready)
                .putTexts("faults", found.faults())
                .putTexts("warnings", found.warnings())
                .toJson();
        return Answer.json(ready ? 200 : 503, json);
    }

    private Answer numbers(Request request) {
        return Answer.bytes(200, Metrics.CONTENT_TYPE, Bytes.of(metrics.text().getBytes(StandardCharsets.UTF_8)));
    }
}
