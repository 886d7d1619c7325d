// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

/// Counts what happened. For many threads.
public final class Counter {
    private final Family<Cell> family;

    Counter(Family<Cell> family) {
        this.family = family;
    }

    public void increment(String... labelValues) {
        add(1, labelValues);
    }

    public void add(long more, String... labelValues) {
        if (more < 0) {
            throw new IllegalArgumentException("counter " + family.name() + " cannot go down by " + more);
        }
        family.of(labelValues).add((double) more);
    }
}
