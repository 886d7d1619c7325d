// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.queue;

import dev.chancery.core.UnavailableException;
import dev.chancery.server.metrics.Counter;
import dev.chancery.server.metrics.Gauge;
import dev.chancery.server.metrics.Histogram;
import dev.chancery.server.metrics.Metrics;
import dev.chancery.store.job.Ending;
import dev.chancery.store.job.Jobs;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The queue in numbers. For many threads.
public final class JobNumbers {
    /// Between two counts, however often numbers are asked for: there may be millions of jobs that ended.
    static final Duration EVERY = Duration.ofSeconds(5);

    private final Jobs jobs;
    private final LongSupplier nanos;
    private final Gauge states;
    private final Counter attempts;
    private final Histogram stages;

    /// When jobs were counted, in nanoseconds; guarded by `this`.
    private Optional<Long> counted = Optional.empty();

    public JobNumbers(Metrics metrics, Jobs jobs) {
        this(metrics, jobs, System::nanoTime);
    }

    JobNumbers(Metrics metrics, Jobs jobs, LongSupplier nanos) {
        this.jobs = jobs;
        this.nanos = nanos;
        this.states = metrics.gauge("chancery_jobs", "Jobs of the queue; of those that ended, of 30 days.", "state");
        this.attempts = metrics.counter(
                "chancery_job_attempts_total", "Attempts that workers reported to this server.", "outcome");
        this.stages = metrics.latency(
                "chancery_job_stage_seconds",
                "How long a stage of an attempt took, as the worker measured it.",
                "stage");
        metrics.sampled(this::sample);
    }

    void ended(Ending.Outcome outcome, JobReport report) {
        attempts.increment(outcome.name().toLowerCase(Locale.ROOT));
        report.stages().forEach((stage, millis) -> stages.observe(Duration.ofMillis(millis), stage.word()));
    }

    private synchronized void sample() {
        long now = nanos.getAsLong();
        if (counted.isPresent() && now - counted.get() < EVERY.toNanos()) {
            return;
        }
        counted = Optional.of(now);
        try {
            jobs.counts().forEach((state, count) -> states.set((double) count, state.word()));
        } catch (UnavailableException e) {
            // The store is away, which `chancery_ready` says.
        }
    }
}
