// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import dev.chancery.store.ledger.Submission;
import dev.chancery.store.request.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Measures how many entries a second become durable, one appender, in batches of 1, 100 and 1,000. No test: the
/// figures are in `docs/store.md`.
///
/// The argument is a directory on the disk that is measured; PostgreSQL has its own below the directory of temporary
/// files.
public final class AppendSpeed {
    private static final int[] BATCHES = {1, 100, 1_000};
    private static final long SECONDS = 3;

    private AppendSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "speed");
        measure("SQLite", new StoreLocation.SqliteFile(directory.resolve("store.db")));
        measure("PostgreSQL", TestServer.schema());
        System.exit(0);
    }

    private static void measure(String name, StoreLocation location) {
        try (var store = Store.open(location, new Instance("server-1"), InstantSource.system())) {
            int made = 0;
            for (int round = 0; round < 2; round++) {
                for (int size : BATCHES) {
                    long start = System.nanoTime();
                    long busy = cpu();
                    int before = made;
                    while (System.nanoTime() - start < SECONDS * 1_000_000_000L) {
                        store.ledger().append(batch(made, size));
                        made += size;
                    }
                    double seconds = (System.nanoTime() - start) / 1e9;
                    System.out.printf(
                            "%s, batches of %,d: %,.0f entries/s, %,.0f a CPU second of this process%n",
                            name, size, (made - before) / seconds, (made - before) * 1e9 / (cpu() - busy));
                }
            }
        }
    }

    private static long cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static List<Submission> batch(int from, int size) {
        var batch = new ArrayList<Submission>();
        for (int i = from; i < from + size; i++) {
            batch.add(new Submission(Optional.empty(), List.of(Sample.signature("qa", "artifact" + i + ".jar"))));
        }
        return batch;
    }
}
