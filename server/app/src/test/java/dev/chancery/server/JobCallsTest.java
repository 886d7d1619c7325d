// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.server.auth.ApiToken;
import dev.chancery.store.Store;
import dev.chancery.store.request.Instance;
import dev.chancery.store.token.Token;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The calls of the queue, over HTTP.
class JobCallsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String SUM = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    private Path directory;

    private AwayServer away;
    private String submitter = "";
    private String worker = "";

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(directory.resolve("policies"));
        away = AwayServer.in(directory);
        submitter = token("ci", "submit");
        worker = token("worker-1", "work");
    }

    @AfterEach
    void stop() {
        away.server().close();
    }

    private String token(String name, String scope) {
        var token = ApiToken.create(new SecureRandom());
        var hash = new Digest(DigestAlgorithm.SHA256, token.hash().toArray());
        Instant now = Instant.now();
        try (var store = Store.open(away.configuration().store(), new Instance("tokens"), Clock.systemUTC())) {
            store.tokens()
                    .add(new Token(
                            name,
                            hash,
                            new TreeSet<>(List.of(scope)),
                            now,
                            now.plus(Duration.ofHours(1)),
                            Optional.empty()));
        }
        return token.secretText();
    }

    private String call(int status, String token, String line, String body) throws IOException, InterruptedException {
        String[] words = line.split(" ", 2);
        var request = HttpRequest.newBuilder(URI.create(away.server().url() + words[1]))
                .method(words[0], HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(status, response.statusCode(), () -> line + ": " + response.body());
        return response.body().strip().replaceAll("\"(submitted_at|changed_at|due_at)\":\"[^\"]*\"", "\"$1\":\"T\"");
    }

    private void order(int status, String artifact) throws IOException, InterruptedException {
        call(status, submitter, "POST /v1/jobs", "{\"place\":\"staging\",\"artifact\":\"%s\"}".formatted(artifact));
    }

    @Test
    void aJobGoesFromItsOrderToItsReport() throws IOException, InterruptedException {
        assertEquals("{\"jobs\":[]}", call(200, worker, "POST /v1/leases", "{}"));
        order(201, "app-1.zip");
        order(200, "app-1.zip");
        order(201, "app-2.zip");
        assertEquals(
                "{\"jobs\":[{\"job\":1,\"place\":\"staging\",\"artifact\":\"app-1.zip\",\"priority\":5,"
                        + "\"submitter\":\"token:ci\",\"submitted_at\":\"T\",\"state\":\"leased\",\"changed_at\":\"T\","
                        + "\"attempts\":1,\"due_at\":\"T\",\"worker\":\"token:worker-1\"}]}",
                call(200, worker, "POST /v1/leases", "{}"));
        assertTrue(call(200, worker, "PUT /v1/leases/1/1", "{\"outcome\":\"working\"}")
                .contains("leased"));
        String report = "{\"sha256\":\"%s\",\"files\":[\"app-1.zip.sig\"],\"stages\":{\"fetch\":20,\"upload\":5}}"
                .formatted(SUM);
        String done = "{\"outcome\":\"done\",\"report\":%s}".formatted(report);
        String ended = call(200, worker, "PUT /v1/leases/1/1", done);
        assertTrue(ended.endsWith("\"worker\":\"token:worker-1\",\"report\":%s}".formatted(report)), ended);
        assertEquals(ended, call(200, worker, "PUT /v1/leases/1/1", done), "said again");
        assertEquals(ended, call(200, submitter, "GET /v1/jobs/1", ""));
        String metrics = call(200, worker, "GET /metrics", "");
        assertTrue(metrics.contains("chancery_jobs{state=\"done\"} 1"), metrics);
        assertTrue(metrics.contains("chancery_jobs{state=\"waiting\"} 1"), metrics);
        assertTrue(metrics.contains("chancery_job_attempts_total{outcome=\"done\"} 2"), metrics);
        assertTrue(metrics.contains("chancery_job_stage_seconds_count{stage=\"fetch\"} 2"), metrics);
    }

    @Test
    void aDeadJobSaysWhyAndIsTriedAgain() throws IOException, InterruptedException {
        order(201, "app-1.zip");
        call(200, worker, "POST /v1/leases", "{}");
        String body = "{\"outcome\":\"hopeless\",\"report\":{\"reason\":\"no rule is for app-1.zip\"}}";
        String dead = call(200, worker, "PUT /v1/leases/1/1", body);
        assertTrue(dead.contains("\"state\":\"dead\""), dead);
        assertTrue(dead.contains("\"report\":{\"reason\":\"no rule is for app-1.zip\"}"), dead);
        assertEquals("{\"jobs\":[%s]}".formatted(dead), call(200, submitter, "GET /v1/jobs?state=dead", ""));
        assertEquals("{\"jobs\":[]}", call(200, submitter, "GET /v1/jobs?state=done", ""));
        order(201, "app-1.zip");
        String taken = call(409, submitter, "POST /v1/jobs/1/retry", "");
        assertTrue(taken.contains("job 2 is for the same artifact and waiting"), taken);
        call(200, worker, "POST /v1/leases", "{}");
        call(200, worker, "PUT /v1/leases/2/1", "{\"outcome\":\"done\"}");
        assertTrue(call(200, submitter, "POST /v1/jobs/1/retry", "").contains("\"state\":\"waiting\""));
        call(404, submitter, "POST /v1/jobs/3/retry", "");
    }

    @Test
    void onlyWhoHoldsALeaseEndsIt() throws IOException, InterruptedException {
        order(201, "app-1.zip");
        call(200, worker, "POST /v1/leases", "{}");
        String other = token("worker-2", "work");
        for (String outcome : List.of("working", "done", "failed")) {
            String body = "{\"outcome\":\"%s\"}".formatted(outcome);
            call(409, other, "PUT /v1/leases/1/1", body);
            call(409, worker, "PUT /v1/leases/1/2", body);
            call(409, worker, "PUT /v1/leases/2/1", body);
        }
        assertTrue(call(200, worker, "GET /v1/jobs/1", "").contains("leased"));
    }

    @Test
    void pagesFollowEachOther() throws IOException, InterruptedException {
        for (int i = 1; i <= 3; i++) {
            order(201, "app-%d.zip".formatted(i));
        }
        String first = call(200, submitter, "GET /v1/jobs?limit=2", "");
        assertTrue(first.endsWith("\"next\":2}"), first);
        String second = call(200, submitter, "GET /v1/jobs?limit=2&after=2", "");
        assertEquals(1, Pattern.compile("\"job\":").matcher(second).results().count());
        assertTrue(second.contains("\"job\":3"), second);
    }

    @Test
    void whatIsWrongIsToldAndOrdersNothing() throws IOException, InterruptedException {
        for (String body : List.of(
                "{\"place\":\"../etc\",\"artifact\":\"a\"}",
                "{\"place\":\"staging\",\"artifact\":\"a/b\"}",
                "{\"place\":\"staging\",\"artifact\":\"a\",\"priority\":10}",
                "{\"place\":\"staging\",\"artifact\":\"a\",\"as\":\"release\"}",
                "{\"place\":\"https://example.org/\",\"artifact\":\"a\"}")) {
            call(422, submitter, "POST /v1/jobs", body);
        }
        call(400, submitter, "GET /v1/jobs?state=lost", "");
        order(201, "a");
        call(200, worker, "POST /v1/leases", "{}");
        call(422, worker, "POST /v1/leases", "{\"seconds\":4}");
        call(422, worker, "POST /v1/leases", "{\"seconds\":601}");
        call(200, worker, "PUT /v1/leases/1/1", "{\"outcome\":\"working\",\"seconds\":600}");
        for (String body : List.of(
                "{\"outcome\":\"working\",\"seconds\":601}",
                "{\"outcome\":\"great\"}",
                "{\"outcome\":\"done\",\"report\":{\"reason\":\"two\\nlines\"}}",
                "{\"outcome\":\"done\",\"report\":{\"reason\":\"%s\"}}".formatted("r".repeat(1_001)),
                "{\"outcome\":\"done\",\"report\":{\"stages\":{\"fetch\":-1}}}",
                "{\"outcome\":\"done\",\"report\":{\"stages\":{\"nap\":1}}}",
                "{\"outcome\":\"done\",\"report\":{\"sha256\":\"abc\"}}")) {
            call(422, worker, "PUT /v1/leases/1/1", body);
        }
        call(
                200,
                worker,
                "PUT /v1/leases/1/1",
                "{\"outcome\":\"done\",\"report\":{\"reason\":\"%s\"}}".formatted("r".repeat(1_000)));
    }
}
