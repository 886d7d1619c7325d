// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server against its own description: schemathesis makes requests out of it, valid and invalid ones, and
/// finds no 5xx, no status, media type, header or document that is not described, and nothing invalid that is
/// accepted.
///
/// A round is the same each time, by its number; the soak profile makes more of them.
class ApiFuzzIT {
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final Path JUDGE = Path.of("src/test/judges/schemathesis").toAbsolutePath();
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PYTHONPATH", JUDGE.toString(), "PYTHONDONTWRITEBYTECODE", "1");
    /// Requests of each call in a round behind the first.
    private static final int EXAMPLES = 4;

    private static final String CHECKS = String.join(
            ",",
            "not_a_server_error",
            "status_code_conformance",
            "content_type_conformance",
            "response_headers_conformance",
            "response_schema_conformance",
            "negative_data_rejection",
            "missing_required_header",
            "unsupported_method",
            "allow_header_conformance",
            "ignored_auth");

    /// Calls of which valid requests have to get through, or nothing was tried behind the doors.
    private static final Set<String> SIGNING = Set.of(
            "POST /v1/signatures",
            "POST /v1/signatures/batch",
            "POST /v1/statements",
            "POST /v1/verifications",
            "POST /tags/{name}",
            "PUT /tags/{name}",
            "GET /tags/{name}",
            "POST /sign",
            "GET /v1/artifacts/{sha256}/{index}/signature",
            "GET /v1/keyring/for/{tool}/{file}",
            "GET /v1/policies/{policy}",
            "GET /v1/log/entries");

    private static final String POLICY = """
            {"version": 1, "name": "production",
             "rules": [{"artifacts": ["*"], "require": {"any": ["build", "release"]}}]}
            """;

    @TempDir
    private static Path root;

    private static Office office;
    private static RunningServer server;
    private static int operations;

    @BeforeAll
    static void serve() throws IOException {
        StockTool.SCHEMATHESIS.require();
        StockTool.OPENAPI_SPEC_VALIDATOR.require();
        office = Office.none(root);
        RunningServer.start(office).close();
        Files.writeString(office.root().resolve("office/server/policies/production.json"), POLICY);
        addRegistry(office.root().resolve("office/server"));
        server = RunningServer.start(office);
        // The first entry of the log is over the bytes that the description's examples are about.
        server.shell("""
                curl -f "$U/v1/openapi.json" >openapi.json
                printf hello | curl -f -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/octet-stream' \
                    --data-binary @- "$U/v1/signatures?authority=build&format=raw&artifact=hello.txt"
                """).assertStatus(0);
        operations = operations();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// One that takes what nobody has.
    private static void addRegistry(Path directory) throws IOException {
        Files.createDirectory(directory.resolve("packages"));
        Path file = directory.resolve("server.json");
        String plan = "\"registry\": {\"packages\": \"packages\","
                + " \"uploads\": {\"policy\": \"policies/production.json\"}},\n  ";
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"policies\"", plan + "\"policies\""));
    }

    private static int operations() throws IOException {
        int count = 0;
        for (Json methods : fields(field(read("openapi.json"), "paths")).values()) {
            count += fields(methods).size();
        }
        return count;
    }

    @Test
    void theDescriptionIsValid() {
        StockTool.OPENAPI_SPEC_VALIDATOR.run(office.work(), "openapi.json").assertStatus(0);
    }

    @Test
    void whoMaySignFindsNothingThatIsNotDescribed() throws IOException {
        var who = new Asking("token", "Authorization: Bearer " + server.token());
        var report = who.fuzz(1, "examples,coverage", 1);
        assertAtLeast(1_000, report);
        for (String call : SIGNING) {
            assertTrue(accepted(report, call) > 0, () -> "no valid request got through: " + call);
        }
        who.fuzzOn();
    }

    @Test
    void whoIsNobodyFindsNothingEither() throws IOException {
        var who = new Asking("nobody", "X-Nobody: 1");
        assertAtLeast(operations, who.fuzz(1, "fuzzing", 2));
        who.fuzzOn();
    }

    /// Somebody, and the header by which he is known.
    private record Asking(String name, String header) {
        /// Nothing is found, and every call was looked at.
        Json fuzz(int round, String phases, int examples) throws IOException {
            String report = "%s-%d.json".formatted(name, round);
            var arguments = new ArrayList<>(
                    List.of("--config-file", JUDGE.resolve("schemathesis.toml").toString(), "run"));
            arguments.addAll(List.of("openapi.json", "--url", server.url(), "--header", header));
            arguments.addAll(List.of(
                    "--tls-verify",
                    server.directory().resolve("certificate.pem").toString()));
            arguments.addAll(List.of("--phases", phases, "--max-examples", Integer.toString(examples)));
            arguments.addAll(List.of("--checks", CHECKS, "--seed", Integer.toString(round), "--continue-on-failure"));
            arguments.addAll(List.of("--report", "json", "--report-json-path", report));
            Answer answer = StockTool.SCHEMATHESIS.run(office.work(), ENVIRONMENT, arguments, "");
            answer.assertStatus(0);
            var said = read(report);
            assertEquals(operations, number(said, "operations", "tested"), answer::toString);
            return said;
        }

        /// The rounds behind the first.
        void fuzzOn() throws IOException {
            for (int round = 2; round <= ROUNDS; round++) {
                fuzz(round, "fuzzing", EXAMPLES);
            }
        }
    }

    private static void assertAtLeast(int cases, Json report) {
        long made = number(report, "test_cases", "generated");
        assertTrue(made >= cases, () -> "only %d cases, not %d".formatted(made, cases));
    }

    /// How many valid requests of a call were answered with success.
    private static long accepted(Json report, String call) {
        var phases = fields(field(report, "valid_rates")).get(call);
        return phases == null
                ? 0
                : fields(phases).values().stream()
                        .mapToLong(phase -> number(phase, "accepted"))
                        .sum();
    }

    private static Json read(String file) throws IOException {
        var bytes = Bytes.of(Files.readAllBytes(office.work().resolve(file)));
        return Json.parse(bytes, file, JsonLimits.foreign(Json.DOCUMENT_BYTES_MAX))
                .json();
    }

    private static Map<String, Json> fields(Json json) {
        return ((Json.Members) json).fields();
    }

    private static Json field(Json json, String name) {
        return Objects.requireNonNull(fields(json).get(name), name);
    }

    private static long number(Json json, String... names) {
        Json found = json;
        for (String name : names) {
            found = field(found, name);
        }
        return ((Json.Whole) found).value();
    }
}
