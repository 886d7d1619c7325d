// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

/// Says how much of something there is. For many threads.
public final class Gauge {
    private final Family<Cell> family;

    Gauge(Family<Cell> family) {
        this.family = family;
    }

    public void set(double value, String... labelValues) {
        family.of(labelValues).set(value);
    }

    public void add(double difference, String... labelValues) {
        family.of(labelValues).add(difference);
    }
}
