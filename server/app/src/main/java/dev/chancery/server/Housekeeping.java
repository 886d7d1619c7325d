// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.core.ChanceryException;
import dev.chancery.server.http.Journal;
import dev.chancery.store.job.Jobs;
import dev.chancery.store.request.Requests;
import java.time.Duration;
import java.time.InstantSource;

/// What a server does by itself: it forgets the answers of requests that nobody makes again, and
/// jobs that ended long ago.
final class Housekeeping implements AutoCloseable {
    private static final Duration EVERY = Duration.ofHours(1);

    private final Requests requests;
    private final Jobs jobs;
    private final InstantSource clock;
    private final Journal journal;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("chancery-housekeeping").unstarted(this::run);

    Housekeeping(Requests requests, Jobs jobs, InstantSource clock, Journal journal) {
        this.requests = requests;
        this.jobs = jobs;
        this.clock = clock;
        this.journal = journal;
    }

    Housekeeping started() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                tidy();
            }
        } catch (InterruptedException e) {
            // It was closed.
        }
    }

    /// What fails is tried again the next time.
    void tidy() {
        try {
            requests.forgetBefore(clock.instant().minus(Requests.RETENTION));
            jobs.forgetBefore(clock.instant().minus(Jobs.RETENTION));
        } catch (ChanceryException e) {
            journal.failed("housekeeping", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
