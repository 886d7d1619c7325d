// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/// How many durations lie below each of some bounds.
final class Buckets implements Series {
    /// Seconds: from a cached key (1 ms) to a token that is slow (10 s).
    static final List<Double> BOUNDS =
            List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1., 2.5, 5., 10.);

    private final LongAdder[] counts =
            BOUNDS.stream().map(bound -> new LongAdder()).toArray(LongAdder[]::new);
    private final LongAdder above = new LongAdder();
    private final DoubleAdder sum = new DoubleAdder();

    void add(double seconds) {
        sum.add(seconds);
        int bucket = 0;
        while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
            bucket++;
        }
        (bucket < BOUNDS.size() ? counts[bucket] : above).increment();
    }

    @Override
    public void lines(BiConsumer<Suffix, String> line) {
        long[] now = Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
        long total = 0;
        for (int i = 0; i < now.length; i++) {
            total += now[i];
            line.accept(bucket(Cell.written(BOUNDS.get(i))), Long.toString(total));
        }
        total += above.sum();
        line.accept(bucket("+Inf"), Long.toString(total));
        line.accept(new Suffix("_sum", ""), Cell.written(sum.sum()));
        line.accept(new Suffix("_count", ""), Long.toString(total));
    }

    private static Suffix bucket(String bound) {
        return new Suffix("_bucket", "le=\"" + bound + "\"");
    }
}
