// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.frontdoors.RunningBucket;
import dev.chancery.frontdoors.RunningNginx;
import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a staging folder past two workers to a web server: a real nginx over TLS. Workers are killed at random moments;
/// the soak profile has more artifacts and more kills.
class WorkerIT {
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final int ARTIFACTS = 24 * ROUNDS;
    private static final int KILLS = 3 * ROUNDS;
    /// Seconds for one round on two processors that do other things, too.
    private static final int PATIENCE = 120;

    @TempDir
    private static Path root;

    private static Map<String, String> environment(Office office, RunningServer server) {
        var environment = new HashMap<>(office.environment());
        environment.put("CHANCERY_SERVER", server.url());
        environment.put(
                "CHANCERY_SERVER_CERTIFICATE",
                server.directory().resolve("certificate.pem").toString());
        environment.put(
                "CHANCERY_TOKEN_FILE", server.directory().resolve("first-token").toString());
        return environment;
    }

    /// A worker process that can be killed and started again.
    private static final class Worker implements AutoCloseable {
        private final Map<String, String> environment;
        private final List<String> command;
        private final Path output;
        private Process process;

        Worker(Map<String, String> environment, RunningNginx nginx, String name) throws IOException {
            this.environment = environment;
            this.output = root.resolve(name + ".jsonl");
            Path spool = Files.createDirectories(root.resolve("spool-" + name));
            this.command = List.of(
                    Office.PACKAGED.resolve("bin/chancery").toString(),
                    "worker",
                    "--config",
                    root.resolve("worker.json").toString(),
                    "--lease",
                    "5",
                    "--spool",
                    spool.toString(),
                    "--place-certificate",
                    nginx.certificate().toString());
            this.process = started();
        }

        private Process started() throws IOException {
            var builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            output.resolveSibling(output.getFileName() + ".err").toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        }

        void killAndStartAgain() throws IOException, InterruptedException {
            process.destroyForcibly().waitFor();
            process = started();
        }

        /// A signal lets it end what it has.
        @Override
        public void close() {
            process.destroy();
            try {
                assertTrue(process.waitFor(70, TimeUnit.SECONDS), "it ends");
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void eachArtifactIsSignedOnceByEachAuthorityWhoeverIsKilled() throws Exception {
        var office = Office.none(root);
        Path staging = Files.createDirectories(root.resolve("staging"));
        try (var nginx = RunningNginx.in(root.resolve("nginx"));
                var server = RunningServer.start(office)) {
            Files.writeString(root.resolve("worker.json"), """
                    {"version": 1,
                     "places": [{"name": "staging", "at": "staging"},
                                {"name": "releases", "at": "%s/{name}/{version}"}],
                     "routes": [{"place": "staging", "artifacts": ["{name}-{version}.zip"], "as": ["build", "release"],
                                 "formats": ["openpgp"], "to": ["releases"]}]}
                    """.formatted(nginx.url()));
            var environment = environment(office, server);
            environment.put("NETRC", nginx.netrc().toString());
            var words = new ArrayList<>(List.of("job", "submit"));
            for (String name : names()) {
                Files.writeString(staging.resolve(name), "content of " + name);
                words.add("staging/" + name);
            }
            run(office, environment, words).assertStatus(0);
            var random = new Random(3);
            try (var one = new Worker(environment, nginx, "one");
                    var two = new Worker(environment, nginx, "two")) {
                for (int kill = 0; kill < KILLS; kill++) {
                    Thread.sleep(1_500 + random.nextInt(1_500));
                    (random.nextBoolean() ? one : two).killAndStartAgain();
                }
                await(server);
            }
            assertSignedOnce(server);
            assertPublished(office, environment, nginx);
        }
    }

    /// A bucket tells what it has, so nobody need order. One that is away is told of, and the queue is worked on.
    @Test
    void whatComesIntoABucketIsSignedThereUnordered() throws Exception {
        Path home = Files.createDirectories(root.resolve("buckets"));
        var office = Office.none(home);
        try (var bucket = RunningBucket.in(home.resolve("bucket"));
                var server = RunningServer.start(office)) {
            Files.writeString(home.resolve("worker.json"), """
                    {"version": 1, "watch_seconds": 1,
                     "places": [{"name": "staging", "at": "s3://releases/staging"},
                                {"name": "gone", "at": "s3://none/staging"}],
                     "routes": [{"place": "staging", "artifacts": ["*.zip"], "as": ["build"], "formats": ["openpgp"]},
                                {"place": "gone", "artifacts": ["*.zip"], "as": ["build"]}]}
                    """);
            Path staging = Files.createDirectories(bucket.files().resolve("staging/below"));
            for (String name : List.of("a.zip", "b.txt", "below/c.zip")) {
                Files.writeString(staging.resolveSibling(name), "content of " + name);
            }
            var environment = environment(office, server);
            environment.putAll(bucket.environment());
            var words = List.of(
                    "worker", "--once", "--config", home.resolve("worker.json").toString());
            run(office, environment, words)
                    .assertStatus(0)
                    .assertSays("\"artifact\":\"a.zip\"")
                    .assertSays("place \"s3://none/staging/\"");
            for (String name : List.of("b.txt.asc", "below/c.zip.asc", "a.zip.asc.asc")) {
                assertFalse(Files.exists(staging.resolveSibling(name)), name);
            }
            run(office, environment, List.of("fetch", "s3://releases/staging/a.zip", "--require", "build"))
                    .assertStatus(0);
        }
    }

    private static List<String> names() {
        return IntStream.range(0, ARTIFACTS)
                .mapToObj("app%d-1.0.zip"::formatted)
                .toList();
    }

    private static Answer run(Office office, Map<String, String> environment, List<String> words) throws IOException {
        var command =
                new ArrayList<>(List.of(Office.PACKAGED.resolve("bin/chancery").toString()));
        command.addAll(words);
        return Answer.to(office.work(), environment, command);
    }

    private static void await(RunningServer server) throws IOException, InterruptedException {
        String done = "";
        for (int second = 0; second < PATIENCE * ROUNDS; second++) {
            done = server.shell("curl -f \"$U/metrics\" | sed -n 's/^chancery_jobs{state=\"done\"} //p'")
                    .assertStatus(0)
                    .output()
                    .strip();
            if (done.equals(Integer.toString(ARTIFACTS))) {
                return;
            }
            Thread.sleep(1_000);
        }
        var jobs = server.shell("curl -H \"Authorization: Bearer $TOKEN\" \"$U/v1/jobs\"");
        assertEquals(Integer.toString(ARTIFACTS), done, jobs::output);
    }

    /// An entry for each artifact and authority, and none besides but those about keys.
    private static void assertSignedOnce(RunningServer server) throws IOException {
        server.shell("""
                next=-
                : >signed
                while test -n "$next"; do
                    curl -f "$U/v1/log/entries?limit=1000${after:-}" >entries
                    jq -r '.entries[] | select(.kind == "signature") | .authority + .artifacts[0].name' entries >>signed
                    next=$(jq -r '.next // empty' entries)
                    after="&after=$next"
                done
                test "$(wc -l <signed)" = %1$d
                test "$(sort -u signed | wc -l)" = %1$d
                """.formatted(2 * ARTIFACTS)).assertStatus(0);
    }

    private static void assertPublished(Office office, Map<String, String> environment, RunningNginx nginx)
            throws IOException {
        var words = new ArrayList<>(List.of("verify", "--require", "build", "--require", "release"));
        words.addAll(
                List.of("--keyring", office.root().resolve("office/keyring").toString()));
        words.addAll(
                List.of("--log", Files.readString(logKey(office, environment)).strip()));
        for (String name : names()) {
            Path place =
                    nginx.files().resolve(name.substring(0, name.indexOf('-'))).resolve("1.0");
            words.add(place.resolve(name).toString());
            try (var files = Files.list(place)) {
                assertEquals(5, files.count(), "artifact, signatures, receipts, and nothing half written");
            }
        }
        run(office, environment, words).assertStatus(0);
    }

    private static Path logKey(Office office, Map<String, String> environment) throws IOException {
        Path file = office.work().resolve("log.vkey");
        Answer.to(office.work(), environment, List.of("sh", "-euc", "curl -fsk $CHANCERY_SERVER/log/key >log.vkey"))
                .assertStatus(0);
        return file;
    }
}
