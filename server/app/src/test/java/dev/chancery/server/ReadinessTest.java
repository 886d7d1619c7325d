// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void itIsFoundOutOnceASecond() {
        var checks = new AtomicInteger();
        var clock = new AtomicLong(-5);
        var readiness = new Readiness(() -> List.of("fault " + checks.incrementAndGet()), clock::get);
        assertEquals(List.of("fault 1"), readiness.faults());
        clock.addAndGet(Readiness.FRESH.toNanos() - 1);
        assertEquals(List.of("fault 1"), readiness.faults());
        clock.addAndGet(1);
        assertEquals(List.of("fault 2"), readiness.faults());
    }
}
