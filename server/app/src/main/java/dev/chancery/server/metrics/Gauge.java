// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

import java.util.List;
import java.util.Map;

/// Says how much of something there is. For many threads.
public final class Gauge {
    private final Family<Cell> family;

    Gauge(Family<Cell> family) {
        this.family = family;
    }

    public void set(double value, String... labelValues) {
        family.of(labelValues).set(value);
    }

    /// Forgets all series but these.
    public void setAll(Map<List<String>, Double> values) {
        family.clear();
        values.forEach((labels, value) -> set(value, labels.toArray(String[]::new)));
    }

    public void add(double difference, String... labelValues) {
        family.of(labelValues).add(difference);
    }
}
