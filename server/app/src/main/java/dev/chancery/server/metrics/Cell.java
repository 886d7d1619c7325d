// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// One number: the bits of a double.
final class Cell implements Series {
    private final AtomicLong bits = new AtomicLong(Double.doubleToLongBits(0));

    void add(double difference) {
        bits.updateAndGet(old -> Double.doubleToLongBits(Double.longBitsToDouble(old) + difference));
    }

    void set(double value) {
        bits.set(Double.doubleToLongBits(value));
    }

    @Override
    public void lines(BiConsumer<Suffix, String> line) {
        line.accept(Suffix.NONE, written(Double.longBitsToDouble(bits.get())));
    }

    /// Whole numbers without a fraction, as people write them; the others as Java does, which Prometheus reads.
    static String written(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
