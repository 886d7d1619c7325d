// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import java.time.Duration;

/// How many signatures each requester of a rule may have in a time: so many at once, and after that so many
/// in each such time, evenly. Who counts them is the engine: a policy keeps nothing.
public record SigningRate(long signatures, long seconds) {
    /// Signatures: more than any build farm asks for at once.
    public static final long SIGNATURES_MAX = 1_000_000;
    /// Seconds: a day. What is meant for longer is a matter of reading the records.
    public static final long SECONDS_MAX = Duration.ofDays(1).toSeconds();

    public SigningRate {
        if (signatures < 1 || signatures > SIGNATURES_MAX || seconds < 1 || seconds > SECONDS_MAX) {
            throw new MalformedException("rate of %d signatures in %d seconds is not 1 to %d in 1 to %d"
                    .formatted(signatures, seconds, SIGNATURES_MAX, SECONDS_MAX));
        }
    }

    static SigningRate read(JsonObject rate) {
        return new SigningRate(rate.integer("signatures", 1, SIGNATURES_MAX), rate.integer("seconds", 1, SECONDS_MAX));
    }

    Json toJson() {
        return new JsonFields()
                .put("signatures", signatures)
                .put("seconds", seconds)
                .toJson();
    }

    /// `10 signatures in 60 seconds`.
    public String words() {
        return "%d signature%s in %d second%s"
                .formatted(signatures, signatures == 1 ? "" : "s", seconds, seconds == 1 ? "" : "s");
    }
}
