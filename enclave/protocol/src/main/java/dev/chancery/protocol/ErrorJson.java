// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.time.Duration;
import java.util.Optional;

/// The three errors as JSON.
final class ErrorJson {
    private static final long RETRY_SECONDS_MAX = Duration.ofDays(366).toSeconds();

    private ErrorJson() {}

    static Json write(ChanceryException error) {
        return switch (error) {
            case MalformedException malformed -> fields("malformed", malformed).toJson();
            case RefusedException refused ->
                fields("refused", refused).put("rule", refused.rule()).toJson();
            case UnavailableException unavailable -> {
                var fields = fields("unavailable", unavailable);
                unavailable
                        .retryAfter()
                        .ifPresent(wait ->
                                fields.put("retry_after_seconds", Math.min(wait.toSeconds(), RETRY_SECONDS_MAX)));
                if (unavailable.isTooMany()) {
                    fields.put("too_many", true);
                }
                yield fields.toJson();
            }
        };
    }

    private static JsonFields fields(String kind, ChanceryException error) {
        return new JsonFields().put("kind", kind).put("sentence", error.sentence());
    }

    static ChanceryException read(JsonObject object) {
        String kind = object.text("kind");
        String sentence = object.text("sentence");
        return switch (kind) {
            case "malformed" -> new MalformedException(sentence);
            case "refused" -> new RefusedException(object.text("rule"), sentence);
            case "unavailable" ->
                unavailable(
                        sentence,
                        object.optional("retry_after_seconds")
                                .map(value -> Duration.ofSeconds(value.integer(0, RETRY_SECONDS_MAX))),
                        object.optional("too_many").map(JsonValue::bool).orElse(false));
            default -> throw MalformedException.value("kind", kind, "is not malformed, refused or unavailable");
        };
    }

    private static UnavailableException unavailable(String sentence, Optional<Duration> wait, boolean tooMany) {
        if (tooMany) {
            return UnavailableException.tooMany(sentence, wait.orElse(Duration.ZERO));
        }
        return wait.map(time -> new UnavailableException(sentence, time))
                .orElseGet(() -> new UnavailableException(sentence));
    }
}
