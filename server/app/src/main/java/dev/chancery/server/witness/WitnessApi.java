// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.core.Bytes;
import dev.chancery.core.Quoted;
import dev.chancery.log.AddCheckpoint;
import dev.chancery.log.WitnessDecision;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Journal;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.http.Routes;
import dev.chancery.server.metrics.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The calls of a witness: the table of the package comment.
final class WitnessApi {
    private final Witness witness;
    private final Metrics metrics;
    private final Journal journal;

    WitnessApi(Witness witness, Metrics metrics, Journal journal) {
        this.witness = witness;
        this.metrics = metrics;
        this.journal = journal;
    }

    Routes routes() {
        return new Routes(List.of(
                Route.of(Method.POST, "/add-checkpoint", "add-checkpoint", this::addCheckpoint),
                Route.of(Method.GET, "/key", "key", request -> Answer.text(200, witness.key() + "\n")),
                Route.of(Method.GET, "/{log}/checkpoint", "checkpoint", this::checkpoint),
                Route.of(Method.GET, "/healthz", "health", request -> Answer.text(200, "ok\n"))
                        .vital(),
                Route.of(Method.GET, "/metrics", "metrics", this::numbers).vital()));
    }

    private Answer addCheckpoint(Request request) throws IOException {
        var reply = witness.addCheckpoint(request.bytes(AddCheckpoint.BYTES_MAX));
        int status = reply.decision().status();
        return switch (reply.decision()) {
            case WitnessDecision.Cosign cosign ->
                Answer.text(status, reply.cosignature().orElseThrow().line() + "\n");
            case WitnessDecision.Conflict(long size) ->
                Answer.bytes(
                        status,
                        WitnessDecision.Conflict.CONTENT_TYPE,
                        Bytes.of((size + "\n").getBytes(StandardCharsets.US_ASCII)));
            case WitnessDecision.UnknownLog(var origin) ->
                Answer.text(status, "log %s is not witnessed here\n".formatted(Quoted.text(origin)));
            case WitnessDecision.Malformed(var sentence) -> Answer.text(status, sentence + "\n");
            case WitnessDecision.Forbidden(var sentence) -> Answer.text(status, sentence + "\n");
            case WitnessDecision.OtherRoot(var sentence) -> noted(request, status, sentence);
            case WitnessDecision.Inconsistent(var sentence) -> noted(request, status, sentence);
        };
    }

    /// The log signed what it sent: its operator is to be asked why.
    private Answer noted(Request request, int status, String sentence) {
        journal.noted(request.id(), "not cosigned: " + sentence);
        return Answer.text(status, sentence + "\n");
    }

    private Answer checkpoint(Request request) {
        return witness.latest(request.path("log"))
                .map(note -> Answer.bytes(200, Media.TEXT, note.write()))
                .orElseThrow(() -> new HttpProblem(
                        Problem.of(ProblemType.NOT_FOUND, "Nothing was cosigned of a log with this SHA-256")));
    }

    private Answer numbers(Request request) {
        return Answer.bytes(200, Metrics.CONTENT_TYPE, Bytes.of(metrics.text().getBytes(StandardCharsets.UTF_8)));
    }
}
