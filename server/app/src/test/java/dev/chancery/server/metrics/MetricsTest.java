// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void theTextIsThatOfPrometheus() {
        var requests = metrics.counter("b_total", "What \\ happened\nhere.", "route", "status");
        requests.increment("sign", "201");
        requests.add(2, "sign", "201");
        requests.increment("read", "200");
        metrics.gauge("a_seconds", "Left.").set(1.5);
        assertEquals("""
                # HELP a_seconds Left.
                # TYPE a_seconds gauge
                a_seconds 1.5
                # HELP b_total What \\\\ happened\\nhere.
                # TYPE b_total counter
                b_total{route="read",status="200"} 1
                b_total{route="sign",status="201"} 3
                """, metrics.text());
    }

    @Test
    void aHistogramCountsWhatIsAtMostABound() {
        var latency = metrics.latency("a_seconds", "Time.", "route");
        latency.observe(Duration.ofMillis(1), "x");
        latency.observe(Duration.ofNanos(1_000_001), "x");
        latency.observe(Duration.ofSeconds(11), "x");
        String text = metrics.text();
        assertTrue(text.contains("a_seconds_bucket{route=\"x\",le=\"0.001\"} 1\n"), text);
        assertTrue(text.contains("a_seconds_bucket{route=\"x\",le=\"0.0025\"} 2\n"), text);
        assertTrue(text.contains("a_seconds_bucket{route=\"x\",le=\"10\"} 2\n"), text);
        assertTrue(text.contains("a_seconds_bucket{route=\"x\",le=\"+Inf\"} 3\n"), text);
        assertTrue(text.contains("a_seconds_sum{route=\"x\"} 11.002000001\n"), text);
        assertTrue(text.contains("a_seconds_count{route=\"x\"} 3\n"), text);
    }

    @Test
    void whatIsNotThereAnyMoreIsForgotten() {
        var gauge = metrics.gauge("a", "A.", "b");
        gauge.setAll(Map.of(List.of("x"), 1d, List.of("y"), Double.POSITIVE_INFINITY));
        assertTrue(metrics.text().endsWith("a{b=\"x\"} 1\na{b=\"y\"} +Inf\n"), metrics.text());
        gauge.setAll(Map.of(List.of("y"), 2d));
        assertTrue(metrics.text().endsWith("gauge\na{b=\"y\"} 2\n"), metrics.text());
    }

    @Test
    void labelsCannotEndTheirLine() {
        metrics.gauge("a", "A.", "b").set(-2, "x\"} 7\n# \\");
        assertTrue(metrics.text().contains("a{b=\"x\\\"} 7\\n# \\\\\"} -2\n"), metrics.text());
    }

    @Test
    void seriesHaveALimit() {
        var counter = metrics.counter("a_total", "A.", "b");
        IntStream.range(0, Family.SERIES_MAX).forEach(i -> counter.increment("v" + i));
        assertTrue(metrics.text().contains("v" + (Family.SERIES_MAX - 1)));
        counter.increment("one more");
        counter.increment("two more");
        counter.increment("v0");
        assertTrue(metrics.text().contains("a_total{b=\"other\"} 2\n"));
        assertTrue(metrics.text().contains("a_total{b=\"v0\"} 2\n"));
    }

    @Test
    void valuesHaveALength() {
        var gauge = metrics.gauge("a", "A.", "b");
        gauge.set(1, "x".repeat(Family.VALUE_CHARACTERS_MAX));
        gauge.set(2, "x".repeat(Family.VALUE_CHARACTERS_MAX + 1));
        assertTrue(metrics.text().endsWith("x\"} 2\n"));
        assertEquals(3, metrics.text().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a-b", "a b", "a{"})
    void namesAreNames(String name) {
        assertThrows(IllegalArgumentException.class, () -> metrics.counter(name, "A."));
        assertThrows(IllegalArgumentException.class, () -> metrics.counter("a", "A.", name));
    }

    @Test
    void faultsOfTheProgramAreThrown() {
        var counter = metrics.counter("a_total", "A.", "b");
        assertThrows(IllegalArgumentException.class, () -> metrics.gauge("a_total", "A."));
        assertThrows(IllegalArgumentException.class, () -> metrics.gauge("c", "A.", "le"));
        assertThrows(IllegalArgumentException.class, () -> metrics.gauge("c", "A.", "d", "d"));
        assertThrows(IllegalArgumentException.class, () -> counter.increment());
        assertThrows(IllegalArgumentException.class, () -> counter.add(-1, "x"));
    }

    @Test
    void manyThreadsLoseNothing() {
        var counter = metrics.counter("a_total", "A.", "b");
        var latency = metrics.latency("b_seconds", "B.");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 50)
                    .forEach(i -> threads.execute(() -> {
                        for (int j = 0; j < 200; j++) {
                            counter.increment("x");
                            latency.observe(Duration.ofMillis(1));
                        }
                    }));
        }
        assertTrue(metrics.text().contains("a_total{b=\"x\"} 10000\n"));
        assertTrue(metrics.text().contains("b_seconds_count 10000\n"));
    }
}
