// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What keeps the server from signing now.
///
/// Whoever asks for it needs no credential, and finding it out asks every enclave and writes to the store: so it is
/// found out once a second at most, by one thread, however many ask.
final class Readiness {
    static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<List<String>> check;
    private final LongSupplier nanoTime;
    private List<String> faults = List.of();
    private long checkedNanos;
    private boolean checked;

    Readiness(Supplier<List<String>> check, LongSupplier nanoTime) {
        this.check = check;
        this.nanoTime = nanoTime;
    }

    /// A sentence for each fault.
    synchronized List<String> faults() {
        long now = nanoTime.getAsLong();
        if (!checked || now - checkedNanos >= FRESH.toNanos()) {
            faults = List.copyOf(check.get());
            checkedNanos = nanoTime.getAsLong();
            checked = true;
        }
        return faults;
    }
}
