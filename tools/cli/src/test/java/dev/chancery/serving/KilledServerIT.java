// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.entry.LogEntry;
import dev.chancery.interop.Office;
import dev.chancery.json.Json;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Receipt;
import dev.chancery.note.VerifierKey;
import dev.chancery.tree.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of server and enclave at random moments while clients ask, each request under an Idempotency-Key
/// and made again until it is answered. The soak profile does more rounds.
class KilledServerIT {
    private static final int KILLS = 2 * Integer.getInteger("rounds", 1);
    private static final int CLIENTS = 4;
    private static final int REQUESTS_OF_A_CLIENT = 15;

    @TempDir
    private static Path root;

    /// No signature was released without an entry, no key has two answers, and the log is one whole history.
    @Test
    void nothingIsLostNothingIsSignedTwiceAndTheLogIsOneHistory() throws Exception {
        var office = Office.none(root);
        RunningServer.start(office).close();
        var random = new Random(5);
        Map<String, Long> indexes = new ConcurrentHashMap<>();
        VerifierKey key;
        try (var keeper = new ServerKeeper(office);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            key = keeper.logKey();
            var asking = new ArrayList<Future<Boolean>>();
            for (int client = 0; client < CLIENTS; client++) {
                String name = "client-" + client;
                asking.add(clients.submit(() -> {
                    for (int i = 0; i < REQUESTS_OF_A_CLIENT; i++) {
                        ask(keeper, name + "-" + i, indexes, key);
                    }
                    return true;
                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(500 + random.nextInt(1_500));
                keeper.killAndStartAgain();
            }
            for (var client : asking) {
                assertTrue(client.get(5, TimeUnit.MINUTES));
            }
            assertEquals(CLIENTS * REQUESTS_OF_A_CLIENT, indexes.size());
            assertEquals(indexes.size(), new HashSet<>(indexes.values()).size());
            // Asked once more, each key has the answer that it had.
            for (var known : Map.copyOf(indexes).entrySet()) {
                ask(keeper, known.getKey(), indexes, key);
                assertEquals(known.getValue(), indexes.get(known.getKey()));
            }
            assertEquals(indexes.size(), keeper.logSize());
        }
        office.run("log", "verify", root.resolve("office/server/log").toString(), "--key", key.toString())
                .assertStatus(0);
    }

    /// Until it is answered; then the receipt is checked as a client would.
    private static void ask(ServerKeeper keeper, String artifact, Map<String, Long> indexes, VerifierKey key)
            throws IOException, InterruptedException {
        String id = UUID.nameUUIDFromBytes(artifact.getBytes(StandardCharsets.UTF_8))
                .toString();
        var answer = keeper.sign(artifact, id);
        var members = ((Json.Members) answer).fields();
        long index = ((Json.Whole) Objects.requireNonNull(members.get("index"))).value();
        var receipt = Receipt.parse(Bytes.of(((Json.Text) Objects.requireNonNull(members.get("receipt")))
                .value()
                .getBytes(StandardCharsets.UTF_8)));
        Bytes leaf = receipt.extra().orElseThrow();
        assertEquals(
                index, receipt.verify(TreeHash.leaf(leaf), LogPolicy.ofLog(key)).index());
        assertTrue(LogEntry.parse(leaf).toString().contains(artifact), leaf.toString());
        Long before = indexes.putIfAbsent(artifact, index);
        assertTrue(before == null || before == index, artifact + " is at " + before + " and at " + index);
    }
}
