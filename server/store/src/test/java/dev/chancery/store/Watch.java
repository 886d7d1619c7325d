// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that moves when it is told to.
public final class Watch implements InstantSource {
    private volatile Instant now = Sample.NOW;

    @Override
    public Instant instant() {
        return now;
    }

    public void move(Duration step) {
        now = now.plus(step);
    }
}
