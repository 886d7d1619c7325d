// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.server.api.Api;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void itIsFoundOutOnceASecond() {
        var checks = new AtomicInteger();
        var clock = new AtomicLong(-5);
        var readiness = new Readiness(
                () -> new Api.Health(List.of("fault " + checks.incrementAndGet()), List.of()), clock::get);
        assertEquals(List.of("fault 1"), readiness.health().faults());
        clock.addAndGet(Readiness.FRESH.toNanos() - 1);
        assertEquals(List.of("fault 1"), readiness.health().faults());
        clock.addAndGet(1);
        assertEquals(List.of("fault 2"), readiness.health().faults());
    }
}
