// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.policy.Label;
import dev.chancery.policy.SigningRate;
import dev.chancery.policy.SigningRule;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what each requester had under each rule that has a rate: a bucket of as many tokens as the rate
/// allows at once, which fills evenly. Kept in memory: a restart fills all.
///
/// There is one bucket for each requester of each rule, so their number is bounded by the rules file.
final class SigningRates {
    private record Whose(Label rule, Requester requester) {}

    private final ConcurrentHashMap<Whose, Bucket> buckets = new ConcurrentHashMap<>();

    /// Takes one signature. Throws `UnavailableException`, which says when the next one may be had.
    void take(SigningRule rule, Requester requester, Instant now) {
        rule.scope().limits().rate().ifPresent(rate -> {
            var bucket = buckets.computeIfAbsent(new Whose(rule.name(), requester), whose -> new Bucket(rate, now));
            var wait = bucket.take(now);
            if (wait.isPositive()) {
                throw UnavailableException.tooMany(
                        "signing rule %s lets requester %s have %s; the next in %d s"
                                .formatted(rule.name(), requester, rate.words(), wait.toSeconds()),
                        wait);
            }
        });
    }

    /// The generic cell rate algorithm: one number says when the bucket will be full again.
    private static final class Bucket {
        private final Instant start;
        /// Nanoseconds in which one signature comes back, and those that all but one take.
        private final long each;

        private final long tolerance;
        /// Nanoseconds since the start; the clock's latest, and when everything has come back.
        private long latest;

        private long full;

        Bucket(SigningRate rate, Instant start) {
            this.start = start;
            this.each = Duration.ofSeconds(rate.seconds()).toNanos() / rate.signatures();
            this.tolerance = each * (rate.signatures() - 1);
        }

        /// Zero when there was one, else the time until there is, in whole seconds. A clock that is set back
        /// gives nothing.
        synchronized Duration take(Instant now) {
            latest = Math.max(latest, Duration.between(start, now).toNanos());
            long wait = Math.max(full, latest) - latest - tolerance;
            if (wait <= 0) {
                full = Math.max(full, latest) + each;
                return Duration.ZERO;
            }
            return Duration.ofSeconds(Math.ceilDiv(wait, Duration.ofSeconds(1).toNanos()));
        }
    }
}
