// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.entry.TrustedRoot;
import dev.chancery.server.http.Route;
import dev.chancery.server.log.TileFolder;
import dev.chancery.server.metrics.Metrics;
import dev.chancery.store.tag.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Every call that there is.
public final class Api {
    /// The log's files, and what Sigstore's clients are told of them.
    public record Log(TileFolder folder, Optional<TrustedRoot> root) {}

    /// How the server is.
    public record Condition(Supplier<Health> health, Metrics metrics) {}

    /// What keeps the server from signing, and what is going to: a sentence each.
    public record Health(List<String> faults, List<String> warnings) {
        public Health {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }

    private Api() {}

    public static List<Route> routes(ApiParts parts, Tags tags, Log log, Condition condition) {
        var routes = new ArrayList<Route>();
        routes.addAll(new SigningApi(parts).routes());
        routes.addAll(new ArtifactApi(parts).routes());
        routes.addAll(new LogApi(parts, log.folder(), log.root()).routes());
        routes.addAll(new KeyringApi(parts).routes());
        routes.addAll(new VerificationApi(parts).routes());
        routes.addAll(new PolicyApi(parts).routes());
        routes.addAll(new TagApi(parts, tags).routes());
        routes.addAll(new HealthApi(condition.health(), condition.metrics()).routes());
        routes.addAll(new DescriptionApi().routes());
        return routes;
    }
}
