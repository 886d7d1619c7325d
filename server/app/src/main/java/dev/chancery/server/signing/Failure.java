// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.store.request.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// One of the office's three errors, as the store keeps it in the answer of a request.
public record Failure(ChanceryException error) {
    /// Characters of a sentence: two are enough for the escapes of one.
    private static final int SENTENCE_CHARACTERS_MAX = Outcome.Failed.CHARACTERS_MAX / 8;

    public static Failure of(ChanceryException error) {
        return new Failure(error);
    }

    String write() {
        String sentence = error.sentence();
        var fields = new JsonFields();
        switch (error) {
            case MalformedException malformed -> fields.put("kind", "malformed");
            case RefusedException refused -> fields.put("kind", "refused").put("rule", refused.rule());
            case UnavailableException unavailable -> {
                fields.put("kind", "unavailable");
                unavailable.retryAfter().ifPresent(wait -> fields.put("retry_after_seconds", wait.toSeconds()));
                if (unavailable.isTooMany()) {
                    fields.put("too_many", true);
                }
            }
        }
        return fields.put("sentence", sentence.substring(0, Math.min(sentence.length(), SENTENCE_CHARACTERS_MAX)))
                .toJson()
                .line();
    }

    static Failure read(String json) {
        return Json.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), "failure")
                .object(Failure::read);
    }

    private static Failure read(JsonObject object) {
        String sentence = object.text("sentence");
        return new Failure(
                switch (object.text("kind")) {
                    case "malformed" -> new MalformedException(sentence);
                    case "refused" -> new RefusedException(object.text("rule"), sentence);
                    default ->
                        unavailable(
                                sentence,
                                object.optional("retry_after_seconds")
                                        .map(value -> Duration.ofSeconds(value.integer(0, Json.INTEGER_MAX))),
                                object.optional("too_many").map(JsonValue::bool).orElse(false));
                });
    }

    private static UnavailableException unavailable(String sentence, Optional<Duration> wait, boolean tooMany) {
        if (tooMany) {
            return UnavailableException.tooMany(sentence, wait.orElse(Duration.ZERO));
        }
        return wait.map(time -> new UnavailableException(sentence, time))
                .orElseGet(() -> new UnavailableException(sentence));
    }
}
