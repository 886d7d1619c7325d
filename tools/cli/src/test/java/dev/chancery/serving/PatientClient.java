// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.entry.LogEntry;
import dev.chancery.json.Json;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Receipt;
import dev.chancery.note.VerifierKey;
import dev.chancery.tree.TreeHash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Asks for signatures until it has them, however often its servers die, and remembers what it was told. For many
/// threads.
final class PatientClient {
    private static final int CLIENTS = 4;

    private final HttpClient client;
    private final Supplier<String> url;
    private final String token;
    private final VerifierKey log;
    /// By artifact.
    private final Map<String, Long> indexes = new ConcurrentHashMap<>();

    /// @param url of whatever server is to be asked next
    PatientClient(HttpClient client, Supplier<String> url, String token) throws IOException, InterruptedException {
        this.client = client;
        this.url = url;
        this.token = token;
        this.log = VerifierKey.parse(get("/log/key").strip());
    }

    VerifierKey logKey() {
        return log;
    }

    /// Several at once, each with so many requests.
    List<Future<Boolean>> askInParallel(ExecutorService threads, int requests) {
        var asking = new ArrayList<Future<Boolean>>();
        for (int client = 0; client < CLIENTS; client++) {
            String name = "client-" + client;
            asking.add(threads.submit(() -> {
                for (int i = 0; i < requests; i++) {
                    ask(name + "-" + i);
                }
                return true;
            }));
        }
        return asking;
    }

    /// All were answered, each with an entry of its own; asked once more each has the answer that it had; and nothing
    /// else is in the log.
    void assertNothingLost(List<Future<Boolean>> asking, int requests) throws Exception {
        for (var one : asking) {
            assertTrue(one.get(5, TimeUnit.MINUTES));
        }
        assertEquals(CLIENTS * requests, indexes.size());
        assertEquals(indexes.size(), new HashSet<>(indexes.values()).size());
        for (String artifact : List.copyOf(indexes.keySet())) {
            ask(artifact);
        }
        assertEquals(
                indexes.size(),
                Long.parseLong(
                        get("/log/checkpoint").lines().skip(1).findFirst().orElseThrow()));
    }

    /// Until it is answered; then the receipt is checked as a client would.
    private void ask(String artifact) throws IOException, InterruptedException {
        var members = ((Json.Members) sign(artifact)).fields();
        long index = ((Json.Whole) Objects.requireNonNull(members.get("index"))).value();
        var receipt = Receipt.parse(Bytes.of(((Json.Text) Objects.requireNonNull(members.get("receipt")))
                .value()
                .getBytes(StandardCharsets.UTF_8)));
        Bytes leaf = receipt.extra().orElseThrow();
        assertEquals(
                index, receipt.verify(TreeHash.leaf(leaf), LogPolicy.ofLog(log)).index());
        assertTrue(LogEntry.parse(leaf).toString().contains(artifact), leaf.toString());
        Long before = indexes.putIfAbsent(artifact, index);
        assertTrue(before == null || before == index, artifact + " is at " + before + " and at " + index);
    }

    /// Asks until there is an answer that is final.
    private Json sign(String artifact) throws IOException, InterruptedException {
        String key = UUID.nameUUIDFromBytes(artifact.getBytes(StandardCharsets.UTF_8))
                .toString();
        String body = """
                {"authority":"build","format":"raw","encoding":"binary","artifact":"%s","size":5,
                "digests":{"sha256":"%s"},"states":[]}""".formatted(artifact, sha256(artifact));
        while (true) {
            try {
                var request = HttpRequest.newBuilder(URI.create(url.get() + "/v1/signatures"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 201) {
                    return Json.parse(Bytes.of(answer.body().getBytes(StandardCharsets.UTF_8)), "answer")
                            .json();
                }
                if (answer.statusCode() != 503 && answer.statusCode() != 409) {
                    throw new AssertionError(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException e) {
                // It was killed, or is not there again yet.
            }
            Thread.sleep(100);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url.get() + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
