// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.note.KeyName;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.log.LogKey;
import dev.chancery.tree.TreeHash;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a witness at random moments, while a log with two histories asks for cosignatures of both.
class KilledWitnessTest {
    private static final int KILLS = 2 * Integer.getInteger("rounds", 1);
    private static final int FORK = 40;
    private static final int SIZE = 4_000;

    @TempDir
    private Path directory;

    /// What was cosigned, by size; and the largest so far.
    private final Map<Long, TreeHash> cosigned = new HashMap<>();

    private final AtomicLong largest = new AtomicLong();

    @Test
    void neverTwoHistoriesAndNeverBack() throws Exception {
        LogKey.make(directory.resolve("log.pem"), new SecureRandom());
        NoteSigner log = LogKey.read(directory.resolve("log.pem"), new KeyName("log.example"));
        var histories = new TestLog[] {new TestLog(log, "one ", FORK, SIZE), new TestLog(log, "two ", FORK, SIZE)};
        var random = new Random(7);
        for (int kill = 0; kill < KILLS; kill++) {
            var process = start(log.key());
            try (var output = process.inputReader();
                    var client = HttpClient.newHttpClient()) {
                String url = output.readLine();
                Thread.ofVirtual().start(() -> killSoon(process, 200 + random.nextInt(600)));
                askUntilKilled(client, url, histories, random);
            } finally {
                process.toHandle().destroyForcibly();
                process.waitFor();
            }
        }
        assertTrue(cosigned.size() > KILLS, cosigned::toString);
        // All that was cosigned beyond the fork is of one history.
        long ofOne = cosigned.entrySet().stream()
                .filter(entry -> entry.getKey() > FORK && entry.getValue().equals(histories[0].root(entry.getKey())))
                .count();
        long beyond = cosigned.keySet().stream().filter(size -> size > FORK).count();
        assertTrue(ofOne == 0 || ofOne == beyond, () -> ofOne + " of " + beyond);
    }

    private Process start(VerifierKey log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        // Surefire hides the class path in the manifest of a jar and tells it in a property.
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RunningWitness.class.getName(),
                        directory.toString(),
                        log.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void killSoon(Process process, int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.toHandle().destroyForcibly();
    }

    private void askUntilKilled(HttpClient client, String url, TestLog[] histories, Random random)
            throws InterruptedException {
        try {
            long old = largest.get();
            while (largest.get() < SIZE) {
                var history = histories[random.nextInt(2)];
                long size = Math.min(SIZE, old + random.nextInt(3));
                var answer = RunningWitness.post(client, url, history.request(old, size));
                if (answer.statusCode() == 200) {
                    TreeHash root = history.root(size);
                    TreeHash before = cosigned.putIfAbsent(size, root);
                    assertTrue(before == null || before.equals(root), "two roots of size " + size);
                    assertTrue(size >= largest.get(), size + " after " + largest.get());
                    largest.set(size);
                    old = size;
                } else if (answer.statusCode() == 409 && answer.body().strip().matches("[0-9]+")) {
                    // It may have remembered what nobody was told; it never has less than what somebody was.
                    old = Long.parseLong(answer.body().strip());
                    assertTrue(old >= largest.get(), old + " after " + largest.get());
                } else {
                    assertTrue(answer.statusCode() == 422 || answer.statusCode() == 409, answer.body());
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
    }
}
