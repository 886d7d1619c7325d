// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A server's queue of what workers are to sign. For many threads.
public final class ServerJobs implements AutoCloseable {
    private static final int PAGE_JOBS = 1_000;
    private static final int PRIORITY_MAX = 9;
    private static final int ATTEMPTS_MAX = 1_000;
    private static final int FILES_MAX = 1_000;
    private static final int TEXT_MAX = 10_000;

    private final ServerClient client;
    private final ServerAnswers answers;

    ServerJobs(ServerClient client) {
        this.client = client;
        this.answers = new ServerAnswers(client.address());
    }

    /// A job as the server has it.
    ///
    /// @param reason what was said of its last attempt, where that failed
    public record Job(
            long number, String place, ArtifactName artifact, String state, int attempts, Optional<String> reason) {
        public Json toJson() {
            var fields = new JsonFields()
                    .put("job", number)
                    .put("place", place)
                    .put("artifact", artifact.text())
                    .put("state", state)
                    .put("attempts", attempts);
            reason.ifPresent(text -> fields.put("reason", text));
            return fields.toJson();
        }

        static Job read(JsonObject job) {
            long number = job.integer("job", 1, Long.MAX_VALUE);
            String place = job.text("place");
            var artifact = job.text("artifact", ArtifactName::new);
            String state = job.text("state");
            int attempts = (int) job.integer("attempts", 0, ATTEMPTS_MAX);
            job.integer("priority", 0, PRIORITY_MAX);
            List.of("submitter", "submitted_at", "changed_at").forEach(job::text);
            List.of("due_at", "worker").forEach(name -> job.optionalText(name, text -> text));
            var reason = job.optional("report").flatMap(report -> report.object(Job::reason));
            return new Job(number, place, artifact, state, attempts, reason);
        }

        private static Optional<String> reason(JsonObject report) {
            report.optionalText("sha256", text -> text);
            report.optional("files").ifPresent(files -> files.list(0, FILES_MAX, JsonValue::text));
            report.optional("stages").ifPresent(JsonValue::json);
            return report.optionalText("reason", Job::checked);
        }

        private static String checked(String text) {
            if (text.length() > TEXT_MAX) {
                throw MalformedException.value("reason", text, "is too long");
            }
            return text;
        }
    }

    /// Orders an artifact to be signed.
    ///
    /// @return the job, a new one or that which the artifact has already
    public Job submit(String place, ArtifactName artifact, int priority) {
        var body = new JsonFields()
                .put("place", place)
                .put("artifact", artifact.text())
                .put("priority", priority)
                .toJson();
        var reply = client.ask("POST", "/v1/jobs", bytes(body));
        return answers.right(
                () -> answers.json(reply, reply.status() == HttpReply.CREATED ? HttpReply.CREATED : HttpReply.OK, "job")
                        .object(Job::read));
    }

    /// All jobs of a state, or of every one.
    public List<Job> list(Optional<String> state) {
        var all = new ArrayList<Job>();
        Optional<Long> after = Optional.empty();
        do {
            String path = "/v1/jobs?limit=%d%s%s"
                    .formatted(
                            PAGE_JOBS,
                            state.map(word -> "&state=" + word).orElse(""),
                            after.map(number -> "&after=" + number).orElse(""));
            var reply = client.ask("GET", path, Optional.empty());
            after = answers.right(() -> answers.json(reply, HttpReply.OK, "page of jobs")
                    .object(page -> {
                        all.addAll(jobs(page, PAGE_JOBS));
                        return page.optional("next").map(next -> next.integer(1, Long.MAX_VALUE));
                    }));
        } while (after.isPresent());
        return all;
    }

    private static List<Job> jobs(JsonObject page, int most) {
        return page.list("jobs", 0, most, job -> job.object(Job::read));
    }

    /// Lets a dead job wait again.
    public Job retry(long number) {
        var reply = client.ask("POST", "/v1/jobs/%d/retry".formatted(number), Optional.empty());
        return answers.right(() -> answers.json(reply, HttpReply.OK, "job").object(Job::read));
    }

    /// Takes the next job; empty where there is none now.
    public Optional<Job> lease(Duration length) {
        var body = new JsonFields().put("seconds", length.toSeconds()).toJson();
        var reply = client.ask("POST", "/v1/leases", bytes(body));
        return answers.right(() -> answers.json(reply, HttpReply.OK, "lease").object(page -> jobs(page, 1))).stream()
                .findFirst();
    }

    /// Says that work goes on; false: somebody else has the job.
    public boolean extend(Job job, Duration length) {
        return report(job, new JsonFields().put("outcome", "working").put("seconds", length.toSeconds()));
    }

    /// Says how it ended; false: somebody else has the job.
    ///
    /// @param outcome `done`, `failed` or `hopeless`
    public boolean end(Job job, String outcome, Json report) {
        return report(job, new JsonFields().put("outcome", outcome).put("report", report));
    }

    private boolean report(Job job, JsonFields body) {
        String path = "/v1/leases/%d/%d".formatted(job.number(), job.attempts());
        var reply = client.ask("PUT", path, bytes(body.toJson()));
        if (reply.status() == HttpReply.CONFLICT) {
            return false;
        }
        answers.right(() -> answers.json(reply, HttpReply.OK, "job").object(Job::read));
        return true;
    }

    private static Optional<Bytes> bytes(Json body) {
        return Optional.of(Bytes.of(body.line().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        client.close();
    }
}
