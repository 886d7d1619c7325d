// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Authority;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatDescription.Signs;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Salt;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.Question;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.signing.Enclaves;
import dev.chancery.server.signing.Issued;
import dev.chancery.server.signing.Signing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Calls that sign.
final class SigningApi {
    /// Bytes of a body with one request.
    static final int REQUEST_BYTES_MAX = 1_500_000;
    /// Bytes of a body with many.
    static final int BATCH_BYTES_MAX = 2_000_000;

    private static final int SALTS_BYTES_MAX = 4_096;

    private static final String ONCE = "Idempotency-Key";
    /// After which a request that another one with the same key keeps waiting may be made again.
    private static final Duration AT_WORK = Duration.ofSeconds(1);

    private final Signing signing;
    private final Enclaves enclaves;
    private final Streamed streamed;
    private final Formats formats;
    private final EntryJson json;
    private final Guard guard;

    SigningApi(ApiParts parts) {
        this.signing = parts.signing();
        this.enclaves = parts.enclaves();
        this.streamed = new Streamed(parts);
        this.formats = parts.formats();
        this.json = parts.json();
        this.guard = parts.guard();
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.POST, "/v1/signatures", "sign", this::sign)
                        .query("authority", "format", "encoding", "artifact", "key"),
                Route.of(Method.POST, "/v1/signatures/batch", "sign-batch", this::batch),
                Route.of(Method.POST, "/v1/salts", "salts", this::salts),
                Route.of(Method.POST, "/v1/statements", "attest", this::attest));
    }

    private Answer sign(Request request) throws IOException {
        return Media.JSON.equals(essence(request)) ? signMeasured(request) : signContent(request);
    }

    private static String essence(Request request) {
        String type = request.header("content-type").orElse("");
        return (type.contains(";") ? type.substring(0, type.indexOf(';')) : type).strip();
    }

    private Answer signMeasured(Request request) throws IOException {
        Streamed.requireNoQuery(request);
        var asked = request.json(REQUEST_BYTES_MAX, SigningRequest::read);
        return one(request, asked);
    }

    /// The rest is in the query; the body is the artifact.
    private Answer signContent(Request request) throws IOException {
        var target = Streamed.target(request);
        requireKind(target, Set.of(Signs.ARTIFACT, Signs.MANIFEST));
        var requester = guard.asks(request, Guard.Act.SIGN, List.of(target.authority()));
        return one(request, streamed.read(request, target, requester));
    }

    private void requireKind(SigningRequest.Target target, Set<Signs> kinds) {
        if (!kinds.contains(formats.get(target.format()).description().signs())) {
            throw MalformedException.value("format", target.format().text(), "is for another call");
        }
    }

    private record Salts(SigningRequest.Target target, int count) {
        static Salts read(JsonObject body) {
            var target = new SigningRequest.Target(
                    body.text("authority", Authority::new),
                    body.text("format", FormatName::new),
                    body.optionalText("key", KeyId::new));
            long count = body.optional("count")
                    .map(value -> value.integer(1, Question.REQUESTS_MAX))
                    .orElse(1L);
            return new Salts(target, Math.toIntExact(count));
        }
    }

    /// What has to be hashed before the content, in formats that sign a salt with it (`openpgp6`): for those who
    /// measure the content themselves. Each is good for one request by whoever asked here, for six hours.
    private Answer salts(Request request) throws IOException {
        var wanted = request.json(SALTS_BYTES_MAX, Salts::read);
        var requester =
                guard.asks(request, Guard.Act.SIGN, List.of(wanted.target().authority()));
        var salts = enclaves.salts(requester, wanted.target(), wanted.count());
        return Answer.json(
                200,
                new JsonFields()
                        .putTexts("salts", salts.stream().map(Salt::hex).toList())
                        .toJson());
    }

    private Answer attest(Request request) throws IOException {
        return one(request, request.json(REQUEST_BYTES_MAX, StatementRequests::read));
    }

    private Answer one(Request request, SigningRequest asked) {
        var results = signed(request, List.of(asked));
        return switch (results.getFirst()) {
            case Signing.Result.Done(var issued) -> created(issued);
            case Signing.Result.Failed(var failure) -> throw failure.error();
        };
    }

    private Answer created(Issued issued) {
        return Answer.json(201, json.issued(issued)).with("Location", location(issued));
    }

    static String location(Issued issued) {
        return "/v1/artifacts/%s/%d"
                .formatted(issued.subjects().getFirst().sha256().hex(), issued.index());
    }

    private Answer batch(Request request) throws IOException {
        var requests = request.json(
                BATCH_BYTES_MAX,
                body -> body.list("requests", 1, Signing.BATCH_MAX, one -> one.object(SigningRequest::read)));
        var results = signed(request, requests).stream().map(this::result).toList();
        return Answer.json(200, new JsonFields().put("results", results).toJson());
    }

    private Json result(Signing.Result result) {
        return switch (result) {
            case Signing.Result.Done(var issued) -> json.issued(issued);
            case Signing.Result.Failed(var failure) -> EntryJson.problem(failure.error());
        };
    }

    private List<Signing.Result> signed(Request request, List<SigningRequest> asked) {
        var requester = Optional.<dev.chancery.core.Requester>empty();
        for (var act : Guard.Act.values()) {
            List<Authority> authorities = asked.stream()
                    .filter(one -> act(one) == act)
                    .map(SigningRequest::authority)
                    .distinct()
                    .toList();
            if (!authorities.isEmpty()) {
                requester = Optional.of(guard.asks(request, act, authorities));
            }
        }
        var once = request.header(ONCE).map(key -> new Signing.Once(key, hash(asked)));
        try {
            return signing.sign(new Signing.Order(requester.orElseThrow(), once), asked);
        } catch (Signing.Conflict e) {
            var problem = Problem.of(ProblemType.CONFLICT, String.valueOf(e.getMessage()));
            throw new HttpProblem(e.isAtWork() ? problem.retryAfter(AT_WORK) : problem);
        }
    }

    private Guard.Act act(SigningRequest request) {
        return switch (formats.get(request.format()).description().signs()) {
            case ARTIFACT, MANIFEST -> Guard.Act.SIGN;
            case STATEMENT -> Guard.Act.ATTEST;
            case TAG -> Guard.Act.TAG;
        };
    }

    private static SigningRequest unsalted(SigningRequest asked) {
        return new SigningRequest(
                asked.target(), asked.encoding(), asked.name(), asked.content().onlyWith(Salt.NONE));
    }

    /// All that was asked, in one spelling; but for what was begun with a salt, which is another one when the
    /// same content is sent again.
    private static Digest hash(List<SigningRequest> asked) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            asked.forEach(
                    one -> sha256.update((unsalted(one).toJson().line() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new Digest(DigestAlgorithm.SHA256, sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
