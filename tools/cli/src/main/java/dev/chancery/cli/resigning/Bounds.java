// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import java.time.Instant;
import java.util.Optional;

/// Signatures of which time are meant.
record Bounds(Optional<Instant> since, Optional<Instant> until) {
    boolean has(Instant time) {
        return since.map(from -> !time.isBefore(from)).orElse(true)
                && until.map(time::isBefore).orElse(true);
    }
}
