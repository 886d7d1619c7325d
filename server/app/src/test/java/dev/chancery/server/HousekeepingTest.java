// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Requester;
import dev.chancery.server.http.Journal;
import dev.chancery.store.Store;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.request.Begun;
import dev.chancery.store.request.Claim;
import dev.chancery.store.request.Instance;
import dev.chancery.store.request.RequestKey;
import dev.chancery.store.request.Requests;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
    private static final RequestKey KEY = new RequestKey(new Requester("token:ci"), "once");
    private static final Digest ASKED = new Digest(DigestAlgorithm.SHA256, new byte[32]);

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
    private final List<Throwable> failures = new ArrayList<>();
    private final Journal journal = new Journal() {
        @Override
        public void answered(Access access) {}

        @Override
        public void noted(String id, String sentence) {}

        @Override
        public void failed(String id, Throwable fault) {
            failures.add(fault);
        }
    };

    @Test
    void answersAreForgottenWhenTheirTimeIsOverAndNotBefore() {
        var location = new StoreLocation.SqliteFile(directory.resolve("store.db"));
        try (var store = Store.open(location, new Instance("test"), now::get);
                var housekeeping = new Housekeeping(store.requests(), store.jobs(), now::get, journal)) {
            assertEquals(new Begun.Fresh(new Claim(KEY, 1)), store.requests().begin(KEY, ASKED));
            now.updateAndGet(time -> time.plus(Requests.RETENTION));
            housekeeping.tidy();
            assertEquals(new Begun.Fresh(new Claim(KEY, 2)), store.requests().begin(KEY, ASKED), "it is known");
            now.updateAndGet(time -> time.plus(Requests.RETENTION).plus(Duration.ofMillis(1)));
            housekeeping.tidy();
            assertEquals(new Begun.Fresh(new Claim(KEY, 1)), store.requests().begin(KEY, ASKED), "it is forgotten");
        }
        assertTrue(failures.isEmpty(), failures.toString());
    }

    @Test
    void whatFailsIsToldAndTriedAgain() {
        var store =
                Store.open(new StoreLocation.SqliteFile(directory.resolve("store.db")), new Instance("test"), now::get);
        try (var housekeeping = new Housekeeping(store.requests(), store.jobs(), now::get, journal)) {
            store.close();
            housekeeping.tidy();
            assertEquals(1, failures.size());
        }
    }
}
