// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// When something has to be done, by `System.nanoTime`, which measures and tells no time.
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isAhead() {
        return nanos - System.nanoTime() > 0;
    }

    /// At least 1. Throws `SocketTimeoutException` when the time is over.
    long millis() throws SocketTimeoutException {
        long left = nanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
    }
}
