// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.queue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Requester;
import dev.chancery.server.metrics.Metrics;
import dev.chancery.store.Store;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.job.Order;
import dev.chancery.store.request.Instance;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobNumbersTest {
    @TempDir
    private Path directory;

    /// Whoever may ask nothing may ask for numbers all day.
    @Test
    void jobsAreCountedNowAndThenHoweverOftenNumbersAreAskedFor() {
        var now = new AtomicLong(7);
        var metrics = new Metrics();
        var location = new StoreLocation.SqliteFile(directory.resolve("store.db"));
        try (var store = Store.open(location, new Instance("test"), Clock.systemUTC())) {
            new JobNumbers(metrics, store.jobs(), now::get);
            assertWaiting(0, metrics);
            store.jobs().submit(new Order("staging", new ArtifactName("a"), 5), new Requester("token:ci"));
            now.addAndGet(JobNumbers.EVERY.toNanos() - 1);
            assertWaiting(0, metrics);
            now.incrementAndGet();
            assertWaiting(1, metrics);
        }
        now.addAndGet(JobNumbers.EVERY.toNanos());
        assertWaiting(1, metrics);
    }

    private static void assertWaiting(int count, Metrics metrics) {
        String text = metrics.text();
        assertTrue(text.contains("chancery_jobs{state=\"waiting\"} %d\n".formatted(count)), text);
    }
}
