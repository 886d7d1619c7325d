// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// All families of a server. For many threads.
public final class Metrics {
    /// What [#text()] is, for the header `Content-Type`.
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ConcurrentSkipListMap<String, Family<?>> families = new ConcurrentSkipListMap<>();

    private final List<Runnable> samplers = new CopyOnWriteArrayList<>();

    public Metrics() {}

    /// What only grows; by custom its name ends in `_total`.
    public Counter counter(String name, String help, String... labels) {
        return new Counter(register(new Family<>(new Family.Name(name, help, "counter"), labels, Cell::new)));
    }

    /// What goes up and down.
    public Gauge gauge(String name, String help, String... labels) {
        return new Gauge(register(new Family<>(new Family.Name(name, help, "gauge"), labels, Cell::new)));
    }

    /// Durations in seconds; by custom its name ends in `_seconds`.
    public Histogram latency(String name, String help, String... labels) {
        var family = new Family<>(new Family.Name(name, help, "histogram"), labels, Buckets::new);
        return new Histogram(register(family));
    }

    /// Before each [#text()] this brings gauges up to date.
    public void sampled(Runnable sampler) {
        samplers.add(sampler);
    }

    private <T extends Series> Family<T> register(Family<T> family) {
        if (families.putIfAbsent(family.name(), family) != null) {
            throw new IllegalArgumentException("metric " + family.name() + " is there already");
        }
        return family;
    }

    /// Everything as of now. Numbers that belong together may differ by what happened meanwhile.
    public String text() {
        samplers.forEach(Runnable::run);
        var out = new StringBuilder();
        families.values().forEach(family -> family.write(out));
        return out.toString();
    }
}
