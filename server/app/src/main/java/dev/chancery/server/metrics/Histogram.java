// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

import java.time.Duration;

/// Says how long something takes. For many threads.
public final class Histogram {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Family<Buckets> family;

    Histogram(Family<Buckets> family) {
        this.family = family;
    }

    public void observe(Duration duration, String... labelValues) {
        family.of(labelValues).add(duration.toNanos() / NANOS_PER_SECOND);
    }
}
