// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import dev.chancery.interop.Office;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of server and enclave at random moments while clients ask, each request under an Idempotency-Key
/// and made again until it is answered. The soak profile does more rounds.
class KilledServerIT {
    private static final int KILLS = 2 * Integer.getInteger("rounds", 1);
    private static final int REQUESTS_OF_A_CLIENT = 15;

    @TempDir
    private static Path root;

    /// No signature was released without an entry, no key has two answers, and the log is one whole history.
    @Test
    void nothingIsLostNothingIsSignedTwiceAndTheLogIsOneHistory() throws Exception {
        var office = Office.none(root);
        RunningServer.start(office).close();
        var random = new Random(5);
        PatientClient client;
        try (var keeper = new ServerKeeper(office);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            client = keeper.client();
            var asking = client.askInParallel(threads, REQUESTS_OF_A_CLIENT);
            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(500 + random.nextInt(1_500));
                keeper.killAndStartAgain();
            }
            client.assertNothingLost(asking, REQUESTS_OF_A_CLIENT);
        }
        office.run(
                        "log",
                        "verify",
                        root.resolve("office/server/log").toString(),
                        "--key",
                        client.logKey().toString())
                .assertStatus(0);
    }
}
