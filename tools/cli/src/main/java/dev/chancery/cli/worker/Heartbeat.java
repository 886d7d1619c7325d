// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.remote.ServerJobs;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.UnavailableException;
import java.time.Duration;

/// Tells the server that a job is worked on, until it is closed.
final class Heartbeat implements AutoCloseable {
    /// Of a lease there are so many, so that two may be lost.
    private static final int BEATS = 3;

    private final ServerJobs jobs;
    private final ServerJobs.Job job;
    private final Duration lease;
    private final Thread thread;
    private volatile boolean lost;

    Heartbeat(ServerJobs jobs, ServerJobs.Job job, Duration lease) {
        this.jobs = jobs;
        this.job = job;
        this.lease = lease;
        this.thread = Thread.ofVirtual().name("chancery-heartbeat").start(this::run);
    }

    private void run() {
        try {
            while (!lost) {
                Thread.sleep(lease.dividedBy(BEATS));
                beat();
            }
        } catch (InterruptedException e) {
            // It was closed.
        }
    }

    /// What fails is tried again the next time; whether the lease is over, the server says when it is back.
    private void beat() {
        try {
            lost = !jobs.extend(job, lease);
        } catch (ChanceryException | HintedException e) {
            lost = false;
        }
    }

    /// Throws `UnavailableException` when somebody else has the job.
    void require() {
        if (lost) {
            throw new UnavailableException("job %d was taken over by another worker".formatted(job.number()));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
