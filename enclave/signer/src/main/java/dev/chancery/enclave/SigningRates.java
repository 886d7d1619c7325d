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
                throw new UnavailableException(
                        "signing rule %s lets requester %s have %s; the next in %d s"
                                .formatted(rule.name(), requester, rate.words(), wait.toSeconds()),
                        wait);
            }
        });
    }

    private static final class Bucket {
        /// Nanoseconds in which one signature comes back.
        private final double nanosEach;
        private final double most;
        private double tokens;
        private Instant filled;

        Bucket(SigningRate rate, Instant now) {
            this.most = (double) rate.signatures();
            this.nanosEach = rate.seconds() * 1e9 / most;
            this.tokens = most;
            this.filled = now;
        }

        /// Zero when there was one, else the whole seconds until there is. A clock that is set back fills
        /// nothing.
        synchronized Duration take(Instant now) {
            if (now.isAfter(filled)) {
                double more = Duration.between(filled, now).toNanos() / nanosEach;
                tokens = Math.min(most, tokens + more);
                filled = now;
            }
            if (tokens >= 1) {
                tokens--;
                return Duration.ZERO;
            }
            return Duration.ofSeconds((long) Math.ceil((1 - tokens) * nanosEach / 1e9));
        }
    }
}
