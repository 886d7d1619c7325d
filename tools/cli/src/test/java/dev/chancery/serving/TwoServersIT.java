// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one PostgreSQL under load, while each of them, the enclave and the database die and come back. Who
/// holds the database's lock appends and publishes: when it is killed, the other one goes on.
class TwoServersIT {
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final int REQUESTS_OF_A_CLIENT = 40;

    @TempDir
    private static Path root;

    private interface Blow {
        void strike() throws Exception;
    }

    @Test
    void nothingIsLostWhoeverDiesAndTheLogIsOneHistory() throws Exception {
        var random = new Random(7);
        try (var cluster = new Cluster(root);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = cluster.client();
            int requests = REQUESTS_OF_A_CLIENT * ROUNDS;
            var asking = client.askInParallel(threads, requests);
            for (int round = 0; round < ROUNDS; round++) {
                List<Blow> blows = new ArrayList<>(List.of(
                        () -> cluster.killServer(0),
                        () -> cluster.killServer(1),
                        cluster::killEnclave,
                        cluster::stopDatabase));
                Collections.shuffle(blows, random);
                for (var blow : blows) {
                    Thread.sleep(200 + random.nextInt(500));
                    blow.strike();
                }
            }
            client.assertNothingLost(asking, requests);
            cluster.assertLogIsWhole();
        }
    }
}
