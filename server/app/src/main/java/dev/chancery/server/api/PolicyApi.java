// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.policy.Label;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.verification.NamedPolicy;
import dev.chancery.server.verification.PolicyFolder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The policies that the server verifies by, for everybody: each as the file that it is, for
/// `chancery verify --policy`.
final class PolicyApi {
    private final PolicyFolder policies;

    PolicyApi(ApiParts parts) {
        this.policies = parts.policies();
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.GET, "/v1/policies", "policies", this::list),
                Route.of(Method.GET, "/v1/policies/{policy}", "policy", this::file));
    }

    private Answer list(Request request) {
        var all = policies.all().stream().map(PolicyApi::json).toList();
        return Cached.answer(
                Answer.json(200, new JsonFields().put("policies", all).toJson()));
    }

    private static Json json(NamedPolicy policy) {
        return new JsonFields()
                .put("name", policy.name().text())
                .put("href", "/v1/policies/" + policy.name())
                .put("sha256", policy.sha256().hex())
                .put("text", new String(policy.file().toArray(), StandardCharsets.UTF_8))
                .toJson();
    }

    private Answer file(Request request) {
        var policy = policies.get(request.path("policy", Label::new)).orElseThrow(ArtifactApi::notFound);
        return Cached.answer(Answer.bytes(200, Media.JSON, policy.file()));
    }
}
