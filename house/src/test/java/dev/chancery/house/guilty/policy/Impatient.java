// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Supplier;

/// A policy that looks at the clock, in every way there is.
final class Impatient {

    private Impatient() {}

    static Instant instant() {
        return Instant.now();
    }

    static Supplier<Instant> reference() {
        return Instant::now;
    }

    static long millis() {
        return System.currentTimeMillis();
    }

    static long nanos() {
        return System.nanoTime();
    }

    static Clock clock() {
        return Clock.systemUTC();
    }

    static LocalDate localDate() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    @SuppressWarnings("JavaUtilDate")
    static Date date() {
        return new Date();
    }

    static Instant innocent(Clock clock) {
        return Instant.now(clock);
    }
}
