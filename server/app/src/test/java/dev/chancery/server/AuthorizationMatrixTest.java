// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Requester;
import dev.chancery.key.PublicKey;
import dev.chancery.server.auth.ApiToken;
import dev.chancery.server.http.Route;
import dev.chancery.store.Store;
import dev.chancery.store.job.Order;
import dev.chancery.store.request.Instance;
import dev.chancery.store.token.Token;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Who may call what: every call that the server has, by every kind of caller. The server's enclave is away,
/// so a call that gets past its doors to a signature ends with 503.
class AuthorizationMatrixTest {
    /// Who asks.
    private enum Who {
        ANONYMOUS,
        UNKNOWN_TOKEN,
        EXPIRED,
        REVOKED,
        READER,
        SIGNER_OF_ANOTHER,
        SIGNER,
        ATTESTOR,
        TAGGER,
        PUBLISHER,
        SUBMITTER,
        WORKER,
        UPLOADER
    }

    private static final String SUM = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String REQUEST = """
            {"authority":"qa","format":"raw","encoding":"binary","artifact":"a","size":5,
            "digests":{"sha256":"%s"},"states":[]}""".formatted(SUM);

    private static final String TRANSIT = "{\"input\":\"aGVsbG8K\"}";

    private static final String FINGERPRINT = "0123456789ABCDEF0123456789ABCDEF01234567";
    private static final String CERTIFICATE = "/v1/authorities/qa/certificates/" + FINGERPRINT;

    private static final String SUMMARY = """
            {"sha256":"%s","artifact":"a","policy":"floor","summary":{"as":"qa"}}""".formatted(SUM);

    private static final String ORDER = "{\"place\":\"staging\",\"artifact\":\"there.zip\"}";
    private static final String WORKING = "{\"outcome\":\"working\"}";

    /// A call: what is sent, and the statuses in the order of [Who].
    private record Row(String route, String method, String path, String body, List<Integer> expected) {
        int expectedOf(Who who) {
            return expected.get(List.of(Who.values()).indexOf(who));
        }

        /// For everybody; but a wrong credential is never taken for none where anybody looks at it.
        static Row open(String route, String path, int status) {
            return new Row(route, "GET", path, "", java.util.Collections.nCopies(Who.values().length, status));
        }
    }

    private static List<Integer> only(Who one, int wrong, int right) {
        return java.util.Arrays.stream(Who.values())
                .map(who -> switch (who) {
                    case ANONYMOUS, UNKNOWN_TOKEN, EXPIRED, REVOKED -> 401;
                    default -> who == one ? right : wrong;
                })
                .toList();
    }

    /// Everybody, but for those with a wrong credential.
    private static List<Integer> known(int right) {
        return java.util.Arrays.stream(Who.values())
                .map(who -> switch (who) {
                    case UNKNOWN_TOKEN, EXPIRED, REVOKED -> 401;
                    default -> right;
                })
                .toList();
    }

    /// Who may see the queue.
    private static List<Integer> lookers(int right) {
        return java.util.Arrays.stream(Who.values())
                .map(who -> switch (who) {
                    case ANONYMOUS, UNKNOWN_TOKEN, EXPIRED, REVOKED -> 401;
                    case READER, SUBMITTER, WORKER -> right;
                    default -> 403;
                })
                .toList();
    }

    private static List<Integer> everybody(int status) {
        return java.util.Collections.nCopies(Who.values().length, status);
    }

    /// Vault has one status for who is not known and who may not.
    private static Row transit(String route, String method, String path) {
        var expected = only(Who.SIGNER, 403, 503).stream()
                .map(status -> status == 401 ? 403 : status)
                .toList();
        return new Row(route, method, path, TRANSIT, expected);
    }

    private static final List<Row> ROWS = List.of(
            new Row("sign", "POST", "/v1/signatures", REQUEST, only(Who.SIGNER, 403, 503)),
            new Row(
                    "sign-batch",
                    "POST",
                    "/v1/signatures/batch",
                    "{\"requests\":[" + REQUEST + "]}",
                    only(Who.SIGNER, 403, 200)),
            new Row(
                    "attest",
                    "POST",
                    "/v1/statements",
                    "{\"authority\":\"qa\",\"artifacts\":[{\"name\":\"a\",\"sha256\":\"" + SUM
                            + "\"}],\"parameters\":{\"job\":\"42\"}}",
                    only(Who.ATTESTOR, 403, 503)),
            new Row(
                    "salts",
                    "POST",
                    "/v1/salts",
                    "{\"authority\":\"qa\",\"format\":\"openpgp6\"}",
                    only(Who.SIGNER, 403, 503)),
            new Row("tag-create", "POST", "/tags/t-1?authorities=qa", "job: 42\n", only(Who.TAGGER, 403, 503)),
            new Row("tag-sign", "PUT", "/tags/there?authorities=qa", "", only(Who.TAGGER, 403, 503)),
            new Row("sign-payload", "POST", "/sign?authority=qa", "tag: t\njob: 42\n", only(Who.TAGGER, 403, 503)),
            new Row(
                    "log-entries",
                    "GET",
                    "/v1/log/entries",
                    "",
                    List.of(200, 401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200, 200)),
            transit("transit-sign", "POST", "/v1/transit/sign/qa"),
            transit("transit-sign-put", "PUT", "/v1/transit/sign/qa"),
            transit("transit-sign-hash", "POST", "/v1/transit/sign/qa/sha2-256"),
            transit("transit-sign-hash-put", "PUT", "/v1/transit/sign/qa/sha2-256"),
            new Row("transit-verify", "POST", "/v1/transit/verify/qa", TRANSIT, everybody(400)),
            new Row("transit-verify-put", "PUT", "/v1/transit/verify/qa", TRANSIT, everybody(400)),
            new Row("transit-verify-hash", "POST", "/v1/transit/verify/qa/sha2-256", TRANSIT, everybody(400)),
            new Row("transit-verify-hash-put", "PUT", "/v1/transit/verify/qa/sha2-256", TRANSIT, everybody(400)),
            Row.open("transit-key", "/v1/transit/keys/qa", 200),
            Row.open("transit-keys", "/v1/transit/keys?list=true", 200),
            new Row("job-submit", "POST", "/v1/jobs", ORDER, only(Who.SUBMITTER, 403, 200)),
            new Row("jobs", "GET", "/v1/jobs", "", lookers(200)),
            new Row("job", "GET", "/v1/jobs/77", "", lookers(404)),
            new Row("job-retry", "POST", "/v1/jobs/77/retry", "", only(Who.SUBMITTER, 403, 404)),
            new Row("lease", "POST", "/v1/leases", "{}", only(Who.WORKER, 403, 200)),
            new Row("lease-report", "PUT", "/v1/leases/77/1", WORKING, only(Who.WORKER, 403, 409)),
            new Row(
                    "verify",
                    "POST",
                    "/v1/verifications",
                    "{\"sha256\":\"" + SUM + "\",\"require\":[\"qa\"]}",
                    java.util.Collections.nCopies(Who.values().length, 200)),
            new Row(
                    "verify",
                    "POST",
                    "/v1/verifications",
                    "{\"sha256\":\"" + SUM + "\",\"artifact\":\"a\",\"policy\":\"floor\"}",
                    java.util.Collections.nCopies(Who.values().length, 200)),
            // A signed summary is a statement.
            new Row("verify", "POST", "/v1/verifications", SUMMARY, only(Who.ATTESTOR, 403, 503)),
            new Row(
                    "validate-payload",
                    "POST",
                    "/validate?authorities=qa",
                    "tag: t\njob: 42\n",
                    java.util.Collections.nCopies(Who.values().length, 403)),
            Row.open("tag", "/tags/there?authorities=qa", 403),
            Row.open("tag-file", "/tags/there/file", 200),
            Row.open("artifact", "/v1/artifacts/" + SUM, 404),
            Row.open("artifact-entry", "/v1/artifacts/" + SUM + "/0", 404),
            Row.open("artifact-signature", "/v1/artifacts/" + SUM + "/0/signature", 404),
            Row.open("artifact-receipt", "/v1/artifacts/" + SUM + "/0/receipt", 404),
            Row.open("authorities", "/v1/authorities", 200),
            Row.open("authority", "/v1/authorities/nobody", 404),
            Row.open("keyring", "/v1/keyring", 200),
            Row.open("keyring-file", "/v1/keyring/nothing.pem", 404),
            Row.open("keyring-tool", "/v1/keyring/for/gpg", 200),
            Row.open("keyring-tool-file", "/v1/keyring/for/gpg/nobody.gpg", 404),
            Row.open("certificate", CERTIFICATE, 404),
            new Row("certificate-update", "PUT", CERTIFICATE, "", only(Who.PUBLISHER, 403, 415)),
            Row.open("pks-lookup", "/pks/lookup?op=get&search=qa@example.org", 404),
            new Row("pks-add", "POST", "/pks/add", "", java.util.Collections.nCopies(Who.values().length, 403)),
            Row.open("vks-by-fingerprint", "/vks/v1/by-fingerprint/" + FINGERPRINT, 404),
            Row.open("vks-by-keyid", "/vks/v1/by-keyid/0123456789ABCDEF", 404),
            Row.open("vks-by-email", "/vks/v1/by-email/qa@example.org", 404),
            Row.open("wkd-advanced", "/.well-known/openpgpkey/example.org/hu/" + "y".repeat(32), 404),
            Row.open("wkd-advanced-policy", "/.well-known/openpgpkey/example.org/policy", 200),
            Row.open("wkd-direct", "/.well-known/openpgpkey/hu/" + "y".repeat(32), 404),
            Row.open("wkd-direct-policy", "/.well-known/openpgpkey/policy", 200),
            Row.open("keys-file", "/KEYS", 200),
            Row.open("registry-search", "/search", 200),
            Row.open("registry-categories", "/categories", 200),
            Row.open("registry-package", "/package/nothing/1.0.0/", 404),
            Row.open("registry-package-moved", "/package/nothing/1.0.0", 301),
            Row.open("registry-file", "/package/nothing/1.0.0/manifest.yml", 404),
            // Whoever shows something may have files that wait.
            new Row("registry-download", "GET", "/epr/nothing/nothing-1.0.0.zip", "", known(404)),
            new Row("registry-upload", "PUT", "/epr/more/more-1.0.0.zip", "x", only(Who.UPLOADER, 403, 403)),
            new Row("registry-upload", "PUT", "/epr/more/more-1.0.0.zip.sig", "x", only(Who.UPLOADER, 403, 201)),
            Row.open("registry-health", "/health", 200),
            Row.open("log-checkpoint", "/log/checkpoint", 200),
            Row.open("log-key", "/log/key", 200),
            Row.open("log-tile", "/log/tile/0/000", 404),
            Row.open("log-trusted-root", "/log/trusted_root.json", 200),
            Row.open("policies", "/v1/policies", 200),
            Row.open("policy", "/v1/policies/floor", 200),
            Row.open("description", "/v1/openapi.json", 200),
            Row.open("health", "/healthz", 200),
            Row.open("readiness", "/readyz", 503),
            Row.open("metrics", "/metrics", 200));

    @TempDir
    private static Path directory;

    private static Server server;
    private static final Map<Who, String> TOKENS = new EnumMap<>(Who.class);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        Files.createDirectory(directory.resolve("policies"));
        Files.writeString(directory.resolve("policies/floor.json"), """
                {"version": 1, "name": "floor", "rules": [{"artifacts": ["*"], "require": "qa"}]}
                """);
        var away = AwayServer.withRegistry(directory);
        server = away.server();
        Files.writeString(directory.resolve("keyring/qa.raw.pem"), key());
        makeTokens(away.configuration());
    }

    private static String key() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return PublicKeyPem.write(
                PublicKey.parse(generator.generateKeyPair().getPublic().getEncoded()));
    }

    private static void makeTokens(ServerConfiguration configuration) {
        var scopes = Map.ofEntries(
                Map.entry(Who.EXPIRED, "sign:qa"),
                Map.entry(Who.REVOKED, "sign:qa"),
                Map.entry(Who.READER, "read"),
                Map.entry(Who.SIGNER_OF_ANOTHER, "sign:release"),
                Map.entry(Who.SIGNER, "sign:qa"),
                Map.entry(Who.ATTESTOR, "attest:*"),
                Map.entry(Who.TAGGER, "tag:qa"),
                Map.entry(Who.PUBLISHER, "publish:qa"),
                Map.entry(Who.SUBMITTER, "submit"),
                Map.entry(Who.WORKER, "work"),
                Map.entry(Who.UPLOADER, "upload"));
        Instant now = Instant.now();
        try (var store = Store.open(configuration.store(), new Instance("tokens"), Clock.systemUTC())) {
            scopes.forEach((who, scope) -> {
                var token = ApiToken.create(new SecureRandom());
                String name = who.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
                store.tokens()
                        .add(new Token(
                                name,
                                new Digest(DigestAlgorithm.SHA256, token.hash().toArray()),
                                new TreeSet<>(List.of(scope)),
                                now.minus(Duration.ofHours(2)),
                                who == Who.EXPIRED ? now.minus(Duration.ofHours(1)) : now.plus(Duration.ofHours(1)),
                                Optional.empty()));
                TOKENS.put(who, token.secretText());
            });
            store.tokens().revoke("revoked");
            TOKENS.put(Who.UNKNOWN_TOKEN, ApiToken.create(new SecureRandom()).secretText());
            store.jobs()
                    .submit(new Order("staging", new ArtifactName("there.zip"), 5), new Requester("token:somebody"));
            store.tags()
                    .create(
                            new ArtifactName("there"),
                            Bytes.of("tag: there\njob: 1\n".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// A new call without a row fails here.
    @Test
    void everyCallHasARow() {
        assertEquals(
                server.routes().routes().stream().map(Route::name).collect(Collectors.toSet()),
                ROWS.stream().map(Row::route).collect(Collectors.toSet()));
    }

    @Test
    void everyCallerGetsWhatTheTableSays() {
        assertAll(ROWS.stream()
                .flatMap(row -> java.util.Arrays.stream(Who.values()).map(who -> (Executable)
                        () -> assertEquals(row.expectedOf(who), status(row, who), row.route() + " by " + who))));
    }

    private static int status(Row row, Who who) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + row.path()))
                .method(row.method(), HttpRequest.BodyPublishers.ofString(row.body()));
        if (row.body().startsWith("{")) {
            request.header("Content-Type", "application/json");
        }
        Optional.ofNullable(TOKENS.get(who)).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
