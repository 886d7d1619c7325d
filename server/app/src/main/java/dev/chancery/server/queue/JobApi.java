// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.queue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.server.api.Guard;
import dev.chancery.server.api.Paging;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.store.job.Ending;
import dev.chancery.store.job.Job;
import dev.chancery.store.job.Jobs;
import dev.chancery.store.job.Lease;
import dev.chancery.store.job.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The calls. See the package comment.
public final class JobApi {
    /// Bytes.
    static final int BODY_BYTES_MAX = 16_384;

    private static final String JOB = "job";
    private static final String WORKING = "working";

    private final Guard guard;
    private final Jobs jobs;
    private final JobNumbers numbers;

    public JobApi(Guard guard, Jobs jobs, JobNumbers numbers) {
        this.guard = guard;
        this.jobs = jobs;
        this.numbers = numbers;
    }

    public List<Route> routes() {
        return List.of(
                Route.of(Method.POST, "/v1/jobs", "job-submit", this::submit),
                Paging.on(Route.of(Method.GET, "/v1/jobs", "jobs", this::list).query("state")),
                Route.of(Method.GET, "/v1/jobs/{job}", "job", this::show),
                Route.of(Method.POST, "/v1/jobs/{job}/retry", "job-retry", this::retry),
                Route.of(Method.POST, "/v1/leases", "lease", this::lease),
                Route.of(Method.PUT, "/v1/leases/{job}/{attempt}", "lease-report", this::report));
    }

    private Answer submit(Request request) throws IOException {
        var requester = guard.may(request, Guard.Duty.SUBMIT);
        var submitted = jobs.submit(request.json(BODY_BYTES_MAX, JobApi::order), requester);
        var job = submitted.job();
        return Answer.json(submitted.added() ? 201 : 200, json(job)).with("Location", "/v1/jobs/" + job.id());
    }

    private static Order order(JsonObject body) {
        String place = body.text("place");
        var artifact = body.text("artifact", ArtifactName::new);
        long priority = body.optional("priority")
                .map(value -> value.integer(0, Order.PRIORITY_MAX))
                .orElse((long) Order.PRIORITY_USUAL);
        return body.check(() -> new Order(place, artifact, (int) priority));
    }

    private Answer list(Request request) {
        guard.may(request, Guard.Duty.LOOK);
        var page = Paging.of(request);
        var found = jobs.list(request.query("state", JobApi::state), page);
        var fields =
                new JsonFields().put("jobs", found.stream().map(JobApi::json).toList());
        if (found.size() == page.limit()) {
            fields.put("next", found.getLast().id());
        }
        return Answer.json(200, fields.toJson());
    }

    private static Job.State state(String word) {
        return Arrays.stream(Job.State.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> MalformedException.value("state", word, "is not waiting, leased, done or dead"));
    }

    private Answer show(Request request) {
        guard.may(request, Guard.Duty.LOOK);
        return Answer.json(200, json(jobs.find(number(request)).orElseThrow(JobApi::notFound)));
    }

    private static long number(Request request) {
        return request.path(JOB, text -> Paging.number(text, Long.MAX_VALUE));
    }

    private static HttpProblem notFound() {
        return new HttpProblem(Problem.of(ProblemType.NOT_FOUND, "There is no such job"));
    }

    private Answer retry(Request request) {
        guard.may(request, Guard.Duty.SUBMIT);
        try {
            return Answer.json(200, json(jobs.retry(number(request)).orElseThrow(JobApi::notFound)));
        } catch (RefusedException e) {
            throw conflict(e.sentence());
        }
    }

    private static HttpProblem conflict(String sentence) {
        return new HttpProblem(Problem.of(ProblemType.CONFLICT, sentence));
    }

    private Answer lease(Request request) throws IOException {
        var worker = guard.may(request, Guard.Duty.WORK);
        var length = request.json(BODY_BYTES_MAX, JobApi::seconds);
        var taken = jobs.lease(worker, length).stream().map(JobApi::json).toList();
        return Answer.json(200, new JsonFields().put("jobs", taken).toJson());
    }

    private static Duration seconds(JsonObject body) {
        return body.optional("seconds")
                .map(value -> Duration.ofSeconds(value.integer(Jobs.LEASE_MIN.toSeconds(), Jobs.LEASE_MAX.toSeconds())))
                .orElse(Jobs.LEASE);
    }

    private Answer report(Request request) throws IOException {
        var worker = guard.may(request, Guard.Duty.WORK);
        int attempt = request.path("attempt", text -> (int) Paging.number(text, Jobs.ATTEMPTS_MAX));
        var lease = new Lease(number(request), attempt);
        var said = request.json(BODY_BYTES_MAX, Said::read);
        var job = said.outcome().isEmpty() ? extended(lease, worker, said.length()) : ended(lease, worker, said);
        return Answer.json(200, json(job.orElseThrow(() -> conflict("The lease is over, or was another's"))));
    }

    /// @param outcome empty while work goes on
    private record Said(Optional<Ending.Outcome> outcome, Duration length, JobReport report) {
        static Said read(JsonObject body) {
            var outcome = body.text("outcome", Said::outcome);
            var length = seconds(body);
            var report = body.optional("report").map(value -> value.object(JobReport::read));
            return new Said(outcome, length, report.orElse(JobReport.EMPTY));
        }

        private static Optional<Ending.Outcome> outcome(String word) {
            return switch (word) {
                case WORKING -> Optional.empty();
                case "done" -> Optional.of(Ending.Outcome.DONE);
                case "failed" -> Optional.of(Ending.Outcome.FAILED);
                case "hopeless" -> Optional.of(Ending.Outcome.HOPELESS);
                default -> throw MalformedException.value("outcome", word, "is not working, done, failed or hopeless");
            };
        }
    }

    private Optional<Job> extended(Lease lease, Requester worker, Duration length) {
        return jobs.extend(lease, worker, length) ? jobs.find(lease.job()) : Optional.empty();
    }

    private Optional<Job> ended(Lease lease, Requester worker, Said said) {
        var outcome = said.outcome().orElseThrow();
        var job = jobs.end(
                lease, worker, new Ending(outcome, said.report().toJson().line()));
        job.ifPresent(there -> numbers.ended(outcome, said.report()));
        return job;
    }

    private static Json json(Job job) {
        var fields = new JsonFields()
                .put("job", job.id())
                .put("place", job.order().place())
                .put("artifact", job.order().artifact().text())
                .put("priority", job.order().priority())
                .put("submitter", job.submitter().text())
                .put("submitted_at", job.submitted().toString())
                .put("state", job.state().word())
                .put("changed_at", job.changed().toString())
                .put("attempts", job.attempts());
        if (Stream.of(Job.State.WAITING, Job.State.LEASED).anyMatch(job.state()::equals)) {
            fields.put("due_at", job.due().toString());
        }
        job.worker().ifPresent(worker -> fields.put("worker", worker.text()));
        job.report().ifPresent(report -> fields.put("report", parsed(report)));
        return fields.toJson();
    }

    private static Json parsed(String report) {
        var bytes = Bytes.of(report.getBytes(StandardCharsets.UTF_8));
        return Json.parse(bytes, "report", BODY_BYTES_MAX).json();
    }
}
