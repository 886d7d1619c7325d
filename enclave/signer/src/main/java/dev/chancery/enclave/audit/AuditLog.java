// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.UnavailableException;
import java.time.Instant;
import java.util.Optional;

/// Where decisions are recorded. No record, no signature.
@FunctionalInterface
public interface AuditLog {
    /// Hears what came of a record: the fault, or nothing when it is durable. Must not throw and not wait, for
    /// others' records wait behind it.
    @FunctionalInterface
    interface Outcome {
        void settled(Optional<UnavailableException> fault);
    }

    /// Returns when the record is durable. Throws `UnavailableException` when it could not be made so; then
    /// nothing may leave the engine.
    void record(Instant time, Decision decision);

    /// The same for who has something else to do meanwhile: may return before the outcome is known.
    default void record(Instant time, Decision decision, Outcome outcome) {
        Optional<UnavailableException> fault = Optional.empty();
        try {
            record(time, decision);
        } catch (UnavailableException e) {
            fault = Optional.of(e);
        }
        outcome.settled(fault);
    }
}
