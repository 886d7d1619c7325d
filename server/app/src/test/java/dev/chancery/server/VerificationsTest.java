// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What may be asked about an artifact that nobody signed, and what is answered.
class VerificationsTest {
    private static final String SUM = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String POLICY = """
            {"version": 1, "name": "jars", "rules": [{"artifacts": ["*.jar"], "require": {"any": ["qa",
              {"authority": "build", "predicate_type": "https://example.org/t", "params": {"a": "b"}}]}}]}
            """;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(directory.resolve("policies"));
        Files.writeString(directory.resolve("policies/jars.json"), POLICY);
        server = AwayServer.in(directory).server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> ask(String fields) throws IOException, InterruptedException {
        var body = "{\"sha256\":\"%s\",%s}".formatted(SUM, fields.replace('\'', '"'));
        return send(HttpRequest.newBuilder(URI.create(server.url() + "/v1/verifications"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path)));
    }

    @Test
    void aPolicyNamesWhatIsMissing() throws IOException, InterruptedException {
        var answer = ask("'policy':'jars','artifact':'a.jar'");
        assertEquals(200, answer.statusCode());
        for (String said : new String[] {
            "\"accepted\":false",
            "\"missing\":[\"qa or build (stating \\\"https://example.org/t\\\", \\\"a\\\" = \\\"b\\\")\"]",
            "\"judgement\":{\"artifact\":\"a.jar\",\"policy\":\"jars\"",
            "\"policy_sha256\":\""
        }) {
            assertTrue(answer.body().contains(said), said + " in " + answer.body());
        }
    }

    /// Nothing is missing that could be had, and it is refused nevertheless.
    @Test
    void anArtifactWithoutARuleIsRefused() throws IOException, InterruptedException {
        var answer = ask("'policy':'jars','artifact':'a.exe'");
        assertTrue(answer.body().contains("\"accepted\":false"), answer.body());
        assertTrue(answer.body().contains("matches no rule of policy jars"), answer.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'policy':'none','artifact':'a.jar' | 404 | The server has no policy none",
                "'policy':'None','artifact':'a.jar' | 422 | body.policy: name",
                "'policy':'jars' | 422 | lacks the field",
                "'artifact':'a.jar' | 422 | lacks the field",
                "'policy':'jars','artifact':'a.jar','require':['qa'] | 422 | body.require is not known here",
                "'require':['qa'],'summary':{'as':'qa'} | 422 | body.summary is not known here",
                "'policy':'jars','artifact':'a.jar','summary':{'as':'qa'} | 401 | needs a credential",
                "'policy':'none','artifact':'a.jar','summary':{'as':'qa'} | 401 | needs a credential",
                "'policy':'jars','artifact':'a.jar','summary':{} | 422 | lacks the field",
                "'policy':'jars','artifact':'a.jar','summary':{'as':'qa','resource':'x'} | 422 | is not a URI",
                "'require':[] | 422 | has 0 elements"
            })
    void whatIsAskedWronglyIsSaid(String fields, int status, String sentence) throws IOException, InterruptedException {
        var answer = ask(fields);
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(sentence), answer.body());
    }

    @Test
    void policiesAreThereForEverybodyAsTheyWereRead() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("policies/later.json"), POLICY.replace("jars", "later"));
        assertEquals(POLICY, get("/v1/policies/jars").body());
        assertTrue(get("/v1/policies")
                .body()
                .startsWith("{\"policies\":[{\"name\":\"jars\",\"href\":\"/v1/policies/jars\""));
        assertEquals(404, get("/v1/policies/later").statusCode());
        assertEquals(400, get("/v1/policies/Jars").statusCode());
    }
}
