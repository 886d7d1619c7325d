// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.server.api.Api;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What keeps the server from signing now, and what is going to.
///
/// Whoever asks for it needs no credential, and finding it out asks every enclave and writes to the store: so it is
/// found out once a second at most, by one thread, however many ask.
final class Readiness {
    static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Api.Health> check;
    private final LongSupplier nanoTime;
    private Api.Health found = new Api.Health(List.of(), List.of());
    private long checkedNanos;
    private boolean checked;

    Readiness(Supplier<Api.Health> check, LongSupplier nanoTime) {
        this.check = check;
        this.nanoTime = nanoTime;
    }

    synchronized Api.Health health() {
        long now = nanoTime.getAsLong();
        if (!checked || now - checkedNanos >= FRESH.toNanos()) {
            found = check.get();
            checkedNanos = nanoTime.getAsLong();
            checked = true;
        }
        return found;
    }
}
