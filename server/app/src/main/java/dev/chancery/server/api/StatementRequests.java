// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.statement.Statement;
import dev.chancery.statement.Subject;
import java.util.Map;
import java.util.Optional;

/// Statements that are asked for:
/// `{"authority":"jenkins-prd","artifacts":[{"name":"app.jar","sha256":"…"}],"parameters":{"job":"42"}}`, or
/// with `predicate_type` and `predicate` in the place of `parameters`.
final class StatementRequests {
    private static final FormatName FORMAT = new FormatName("statement");

    private StatementRequests() {}

    static SigningRequest read(JsonObject body) {
        var authority = body.text("authority", Authority::new);
        var key = body.optionalText("key", KeyId::new);
        var subjects = body.list("artifacts", 1, Statement.SUBJECTS_MAX, one -> one.object(StatementRequests::subject));
        var parameters = body.optional("parameters").map(StatementRequests::parameters);
        var type = body.optionalText("predicate_type", text -> text);
        var predicate = body.optional("predicate").map(StatementRequests::members);
        if (parameters.isPresent() == type.isPresent() || type.isPresent() != predicate.isPresent()) {
            throw body.malformed("has neither parameters alone nor predicate_type and predicate");
        }
        return body.check(() -> {
            var statement = new Statement(
                    subjects,
                    type.orElse(Predicate.PARAMETERS),
                    parameters.or(() -> predicate).orElseThrow());
            return request(authority, key, statement);
        });
    }

    /// The request for a statement that is there already.
    static SigningRequest request(Authority authority, Optional<KeyId> key, Statement statement) {
        var name = new ArtifactName(statement.subjects().getFirst().name());
        return new SigningRequest(
                new SigningRequest.Target(authority, FORMAT, key), Encoding.ARMOR, name, content(statement.write()));
    }

    private static Measured content(Bytes document) {
        return Measured.of(document.length(), Map.of(), Map.of(), Optional.of(document));
    }

    private static Subject subject(JsonObject artifact) {
        String name = artifact.text("name", text -> new ArtifactName(text).text());
        var digest = artifact.text("sha256", hex -> Digest.parse(DigestAlgorithm.SHA256, hex));
        return new Subject(name, digest);
    }

    private static Json.Members parameters(JsonValue value) {
        var members = members(value);
        var texts = new JsonFields();
        members.fields().forEach((name, parameter) -> {
            if (!(parameter instanceof Json.Text)) {
                throw MalformedException.value("parameter", name, "is not a text");
            }
            texts.put(name, parameter);
        });
        return texts.toJson();
    }

    private static Json.Members members(JsonValue value) {
        if (value.json() instanceof Json.Members members) {
            return members;
        }
        throw value.malformed("is not an object");
    }
}
