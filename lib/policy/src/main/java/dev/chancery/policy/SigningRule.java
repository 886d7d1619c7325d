// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Artifact;
import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import java.util.HashSet;
import java.util.List;

/// What some requesters may ask of one authority. Requesters are exact: there is no pattern and no "everyone".
public record SigningRule(Label name, List<Requester> requesters, Authority authority, SigningScope scope) {
    /// Requesters in one rule.
    public static final int REQUESTERS_MAX = 256;

    public SigningRule {
        requesters = List.copyOf(requesters);
        if (requesters.isEmpty() || requesters.size() > REQUESTERS_MAX) {
            throw new MalformedException(
                    requesters.size() + " requesters in one signing rule are not 1 to " + REQUESTERS_MAX);
        }
        var seen = new HashSet<Requester>();
        for (Requester requester : requesters) {
            if (!seen.add(requester)) {
                throw MalformedException.value("requester", requester.text(), "stands in one signing rule twice");
            }
        }
    }

    static SigningRule read(JsonObject object) {
        Label name = object.text("name", Label::new);
        List<Requester> requesters = object.list("requesters", 1, REQUESTERS_MAX, value -> value.text(Requester::new));
        Authority authority = object.text("authority", Authority::new);
        var formats = RequirementJson.formats(object, SigningScope.FORMATS_MAX);
        List<NamePattern> artifacts = NamePattern.readList(object);
        long sizeBytesMax = object.integer("size_bytes_max", 0, Artifact.SIZE_BYTES_MAX);
        var limits = SigningLimits.read(object);
        return object.check(() -> new SigningRule(
                name, requesters, authority, new SigningScope(formats, artifacts, sizeBytesMax, limits)));
    }

    Json toJson() {
        var fields = new JsonFields()
                .put("name", name.text())
                .putTexts("requesters", requesters)
                .put("authority", authority.name())
                .putTexts("formats", scope.formats())
                .putTexts("artifacts", scope.artifacts())
                .put("size_bytes_max", scope.sizeBytesMax());
        scope.limits().write(fields);
        return fields.toJson();
    }

    boolean names(Requester requester, Authority asked) {
        return authority.equals(asked) && requesters.contains(requester);
    }
}
