// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.ArtifactName;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import java.util.List;

/// A requirement, and the artifact names that it is made for.
public record PolicyRule(List<NamePattern> artifacts, Requirement require) {
    public PolicyRule {
        artifacts = NamePattern.checkList(artifacts);
    }

    static PolicyRule read(JsonObject object) {
        return new PolicyRule(NamePattern.readList(object), RequirementJson.read(object.required("require")));
    }

    Json toJson() {
        return new JsonFields()
                .putTexts("artifacts", artifacts)
                .put("require", require.toJson())
                .toJson();
    }

    public boolean matches(ArtifactName name) {
        return NamePattern.anyMatches(artifacts, name);
    }
}
