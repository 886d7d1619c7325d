// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Requester;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.policy.Judgement;
import dev.chancery.policy.Requirement;
import dev.chancery.policy.SignedBy;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.signing.Signing;
import dev.chancery.server.verification.LoggedSignatures;
import dev.chancery.server.verification.NamedPolicy;
import dev.chancery.server.verification.Summary;
import dev.chancery.server.verification.VerificationQuestion;
import dev.chancery.store.ledger.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Whether an artifact has the signatures that somebody demands, by what is in the log.
///
/// `{"sha256":"…","require":["jenkins-prd","2:qa,security,release"]}` is answered with the verdict, who
/// signed and what is missing; `{"sha256":"…","artifact":"app.jar","policy":"production"}` judges by a policy
/// of the server, and with `"summary":{"as":"verifier"}` an authority signs what came out.
///
/// Whoever believes the answer believes this server. It was an enclave that checked each signature before it
/// was logged; `chancery verify` checks them itself, and needs no server.
final class VerificationApi {
    private static final int BODY_BYTES_MAX = 65_536;

    private final ApiParts parts;
    private final LoggedSignatures signatures;

    VerificationApi(ApiParts parts) {
        this.parts = parts;
        this.signatures = new LoggedSignatures(parts.ledger(), parts.keyring());
    }

    List<Route> routes() {
        return List.of(Route.of(Method.POST, "/v1/verifications", "verify", this::verify));
    }

    private Answer verify(Request request) throws IOException {
        return switch (request.json(BODY_BYTES_MAX, VerificationQuestion::read)) {
            case VerificationQuestion.Required question -> Answer.json(200, required(question));
            case VerificationQuestion.ByPolicy question -> Answer.json(200, byPolicy(request, question));
        };
    }

    private Json required(VerificationQuestion.Required question) {
        var signed = signatures.over(question.sha256());
        var missing = question.require().stream()
                .flatMap(requirement -> requirement.missing(signed.keySet()).stream())
                .toList();
        return new JsonFields()
                .put("accepted", missing.isEmpty())
                .put("sha256", question.sha256().hex())
                .put("signed", signed(signed))
                .putTexts("missing", words(missing))
                .toJson();
    }

    private static List<Json> signed(SortedMap<SignedBy, Entry> signed) {
        return signed.keySet().stream().map(VerificationApi::json).toList();
    }

    private static Json json(SignedBy by) {
        var fields = new JsonFields()
                .put("authority", by.authority().name())
                .put("format", by.format().text());
        by.predicate().ifPresent(said -> fields.put("predicate_type", said.type()));
        return fields.toJson();
    }

    private static List<String> words(List<Requirement> missing) {
        return missing.stream().map(Requirement::words).toList();
    }

    private Json byPolicy(Request request, VerificationQuestion.ByPolicy question) {
        // Who may have a summary is asked first: a stranger is told nothing else.
        var requester = question.summary()
                .map(wanted -> parts.guard().asks(request, Guard.Act.ATTEST, List.of(wanted.authority())));
        var policy = parts.policies().get(question.policy()).orElseThrow(() -> unknown(question));
        var signed = signatures.over(question.sha256());
        var judgement = policy.policy().judge(question.artifact(), signed.keySet());
        var fields = new JsonFields()
                .put("accepted", judgement.accepted())
                .put("sha256", question.sha256().hex())
                .put("signed", signed(signed))
                .putTexts("missing", words(judgement.missing()))
                .put("sentence", judgement.sentence())
                .put("policy_sha256", policy.sha256().hex())
                .put("judgement", judgement.toJson());
        var inputs = judgement.counted().stream()
                .flatMap(by -> Optional.ofNullable(signed.get(by)).stream())
                .toList();
        requester.ifPresent(who -> fields.put("summary", issued(who, question, new Judged(policy, judgement, inputs))));
        return fields.toJson();
    }

    /// What came out, and the entries of the log by which it did.
    private record Judged(NamedPolicy policy, Judgement judgement, List<Entry> inputs) {}

    /// The summary, signed and logged. Asked for again it is another one, of another time.
    private Json issued(Requester who, VerificationQuestion.ByPolicy question, Judged judged) {
        var wanted = question.summary().orElseThrow();
        var circumstances = new Summary.Circumstances(
                parts.verifier(),
                parts.clock().instant(),
                wanted.resource().orElseGet(() -> Summary.resource(question.artifact(), question.sha256())),
                judged.inputs());
        var summary = new Summary(judged.policy(), question.sha256(), judged.judgement(), circumstances);
        var asked = StatementRequests.request(wanted.authority(), wanted.key(), summary.statement());
        var order = new Signing.Order(who, Optional.empty());
        return switch (parts.signing().sign(order, List.of(asked)).getFirst()) {
            case Signing.Result.Done(var issued) -> parts.json().issued(issued);
            case Signing.Result.Failed(var failure) -> throw failure.error();
        };
    }

    private static HttpProblem unknown(VerificationQuestion.ByPolicy question) {
        return new HttpProblem(Problem.of(
                ProblemType.NOT_FOUND,
                "The server has no policy %s; /v1/policies lists those that it has".formatted(question.policy())));
    }
}
