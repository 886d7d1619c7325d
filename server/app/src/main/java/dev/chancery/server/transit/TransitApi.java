// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.transit;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonValue;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.server.api.ApiParts;
import dev.chancery.server.api.Guard;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Handler;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.signing.Signing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The calls. See the package comment.
public final class TransitApi {
    /// Bytes.
    static final int BODY_BYTES_MAX = 2_000_000;

    private static final FormatName FORMAT = new FormatName("raw");
    private static final ArtifactName NAME = new ArtifactName("transit");

    private final ApiParts parts;

    public TransitApi(ApiParts parts) {
        this.parts = parts;
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (Method method : List.of(Method.POST, Method.PUT)) {
            String verb = method == Method.POST ? "" : "-put";
            routes.add(Route.of(method, "/v1/transit/sign/{key}", "transit-sign" + verb, faults(this::sign)));
            routes.add(Route.of(
                    method, "/v1/transit/sign/{key}/{hash}", "transit-sign-hash" + verb, faults(this::signHashed)));
            routes.add(Route.of(method, "/v1/transit/verify/{key}", "transit-verify" + verb, faults(this::verify)));
            routes.add(Route.of(
                    method,
                    "/v1/transit/verify/{key}/{hash}",
                    "transit-verify-hash" + verb,
                    faults(this::verifyHashed)));
        }
        routes.add(Route.of(Method.GET, "/v1/transit/keys/{key}", "transit-key", faults(this::key)));
        routes.add(Route.of(Method.GET, "/v1/transit/keys", "transit-keys", faults(this::keys))
                .query("list"));
        return routes;
    }

    /// Vault's clients read no problem documents. Nobody is told that a key is not there by 404, which they take for an
    /// answer without content.
    private static Handler faults(Handler handler) {
        return request -> {
            try {
                return handler.answer(request);
            } catch (ChanceryException e) {
                return error(Problem.of(e, false));
            } catch (HttpProblem e) {
                return error(e.problem());
            }
        };
    }

    private static Answer error(Problem problem) {
        int status = switch (problem.type().status()) {
            case 401, 403 -> 403;
            case 503 -> 503;
            case 429 -> 429;
            default -> 400;
        };
        var sentences = List.<Json>of(new Json.Text(problem.detail()));
        return Answer.json(status, new JsonFields().put("errors", sentences).toJson());
    }

    private static Answer answer(Request request, Json data) {
        return Answer.json(
                200,
                new JsonFields()
                        .put("request_id", request.id())
                        .put("lease_id", "")
                        .put("renewable", false)
                        .put("lease_duration", 0)
                        .put("data", data)
                        .toJson());
    }

    private Map<Authority, Bytes> files() {
        return parts.keyring().files().getOrDefault(FORMAT, Map.of());
    }

    private TransitKey named(Request request) {
        var authority = request.path("key", Authority::new);
        var file = Optional.ofNullable(files().get(authority))
                .orElseThrow(() -> new MalformedException("there is no key %s: authority %s has none for raw signatures"
                        .formatted(authority, authority)));
        var now = parts.clock().instant();
        var signing = parts.enclaves().keys().stream()
                .filter(key ->
                        key.authority().equals(authority) && key.format().equals(FORMAT) && !key.isExpiredAt(now))
                .map(Key::id)
                .collect(Collectors.toSet());
        return TransitKey.of(authority, file, signing);
    }

    private Answer key(Request request) {
        return answer(request, named(request).json());
    }

    private Answer keys(Request request) {
        if (request.query("list").filter("true"::equals).isEmpty()) {
            throw new MalformedException("keys are listed by GET with list=true");
        }
        var names =
                new TreeMap<>(files()).keySet().stream().map(Authority::name).toList();
        return answer(request, new JsonFields().putTexts("keys", names).toJson());
    }

    private Answer sign(Request request) throws IOException {
        return sign(request, Optional.empty());
    }

    private Answer signHashed(Request request) throws IOException {
        return sign(request, Optional.of(request.path("hash")));
    }

    private Answer sign(Request request, Optional<String> hash) throws IOException {
        var requester = parts.guard().asks(request, Guard.Act.SIGN, List.of(request.path("key", Authority::new)));
        var key = named(request);
        var call = call(request, hash);
        int version = call.version() == 0 ? key.latest() : call.version();
        call.requirePadding(key.version(version));
        var target = new SigningRequest.Target(
                key.authority(), FORMAT, Optional.of(key.version(version).id()));
        var asked = call.inputs().stream()
                .map(input ->
                        new SigningRequest(target, Encoding.BINARY, NAME, call.measured(input, key.version(version))))
                .toList();
        var results = parts.signing().sign(new Signing.Order(requester, Optional.empty()), asked);
        return answered(request, call, index -> switch (results.get(index)) {
            case Signing.Result.Done(var issued) ->
                new JsonFields()
                        .put("signature", new TransitSignature(version, issued.signature()).toString())
                        .put("key_version", version);
            case Signing.Result.Failed(var failure) -> throw failure.error();
        });
    }

    private static TransitCall call(Request request, Optional<String> hash) throws IOException {
        return body(request.bytes(BODY_BYTES_MAX)).object(object -> TransitCall.read(object, hash));
    }

    /// An input is one long text.
    static JsonValue body(Bytes bytes) {
        return Json.parse(bytes, "body", JsonLimits.foreign(BODY_BYTES_MAX));
    }

    private interface Each {
        JsonFields of(int index);
    }

    /// A batch has an answer or an error for each input, in their order; what is alone has its own.
    private static Answer answered(Request request, TransitCall call, Each each) {
        if (!call.batch()) {
            return answer(request, each.of(0).toJson());
        }
        var results = new ArrayList<Json>();
        for (int i = 0; i < call.inputs().size(); i++) {
            JsonFields result;
            try {
                result = each.of(i);
            } catch (ChanceryException e) {
                result = new JsonFields().put("error", e.sentence());
            }
            call.inputs().get(i).reference().ifPresent(with(result));
            results.add(result.toJson());
        }
        return answer(request, new JsonFields().put("batch_results", results).toJson());
    }

    private static java.util.function.Consumer<String> with(JsonFields result) {
        return reference -> result.put("reference", reference);
    }

    private Answer verify(Request request) throws IOException {
        return verify(request, Optional.empty());
    }

    private Answer verifyHashed(Request request) throws IOException {
        return verify(request, Optional.of(request.path("hash")));
    }

    private Answer verify(Request request, Optional<String> hash) throws IOException {
        var key = named(request);
        var call = call(request, hash);
        return answered(request, call, index -> {
            var input = call.inputs().get(index);
            var signature = input.signature()
                    .orElseThrow(() -> new MalformedException("\"signature\" is missing, of which this is the call"));
            var content = call.measured(input, key.version(signature.version()));
            return new JsonFields().put("valid", isValid(key, content, signature));
        });
    }

    private boolean isValid(TransitKey key, Measured content, TransitSignature signature) {
        var keyring =
                parts.formats().get(FORMAT).verifying().keyring(Map.of(key.authority(), key.file(signature.version())));
        return keyring.read(signature.value()).stream()
                .allMatch(claimed -> claimed.check(content, parts.clock().instant()) instanceof Verdict.Good);
    }
}
