// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import java.util.Optional;

/// When a rule permits, how often, and how many at once. What is not there sets no limit.
///
/// @param batchMax requests in one question to an enclave, for all authorities and formats together
public record SigningLimits(Optional<SigningHours> hours, Optional<SigningRate> rate, Optional<Long> batchMax) {
    /// Requests: as many as a question to an enclave can hold.
    public static final long BATCH_MAX = 1_000;

    /// No limits.
    public static final SigningLimits NONE = new SigningLimits(Optional.empty(), Optional.empty(), Optional.empty());

    public SigningLimits {
        batchMax.ifPresent(most -> {
            if (most < 1 || most > BATCH_MAX) {
                throw new MalformedException("batch of %d is not 1 to %d".formatted(most, BATCH_MAX));
            }
        });
    }

    static SigningLimits read(JsonObject rule) {
        return new SigningLimits(
                rule.optional("hours").map(value -> value.object(SigningHours::read)),
                rule.optional("rate").map(value -> value.object(SigningRate::read)),
                rule.optional("batch_max").map(value -> value.integer(1, BATCH_MAX)));
    }

    void write(JsonFields rule) {
        hours.ifPresent(open -> rule.put("hours", open.toJson()));
        rate.ifPresent(most -> rule.put("rate", most.toJson()));
        batchMax.ifPresent(most -> rule.put("batch_max", most));
    }
}
