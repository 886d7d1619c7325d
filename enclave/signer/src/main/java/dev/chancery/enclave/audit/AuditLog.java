// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import java.time.Instant;

/// Where decisions are recorded. No record, no signature.
@FunctionalInterface
public interface AuditLog {
    /// Returns when the record is durable. Throws `UnavailableException` when it could not be made so; then
    /// nothing may leave the engine.
    void record(Instant time, Decision decision);
}
