// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.job;

import dev.chancery.core.Requester;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A job as it is now.
///
/// @param changed when it came into its state
/// @param due from when on a worker may take it; of a leased one, when its lease ends
/// @param attempts so often it was leased: the number of the newest lease
/// @param worker who took it last
/// @param report what was said of the last attempt, in JSON
public record Job(
        long id,
        Order order,
        Requester submitter,
        Instant submitted,
        State state,
        Instant changed,
        Instant due,
        int attempts,
        Optional<Requester> worker,
        Optional<String> report) {
    /// Where a job stands.
    public enum State {
        WAITING,
        LEASED,
        DONE,
        DEAD;

        /// `waiting`, as it is written.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// The newest lease.
    public Lease lease() {
        return new Lease(id, attempts);
    }
}
