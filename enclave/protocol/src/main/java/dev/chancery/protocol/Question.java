// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What an enclave is asked.
public record Question(long id, Ask ask) {
    /// Requests in one question.
    public static final int REQUESTS_MAX = 1_000;

    /// A text may be as long as the whole: one content in base64.
    private static final JsonLimits LIMITS =
            new JsonLimits(Frames.QUESTION_BYTES_MAX, Frames.QUESTION_BYTES_MAX, Json.NAME_CHARACTERS_MAX, false);

    /// The four things that can be asked.
    public sealed interface Ask {}

    /// Signatures, for the peer itself or for a requester that it vouches for.
    public record Sign(Optional<Requester> requester, List<SigningRequest> requests) implements Ask {
        public Sign {
            requests = List.copyOf(requests);
            if (requests.isEmpty() || requests.size() > REQUESTS_MAX) {
                throw new MalformedException(
                        "%d requests in one question are not 1 to %d".formatted(requests.size(), REQUESTS_MAX));
            }
        }
    }

    /// Salts for signatures by this authority in this format, for the peer itself or for a requester that it
    /// vouches for: one for each signature, to be hashed before the content.
    public record Salts(Optional<Requester> requester, Authority authority, FormatName format, int count)
            implements Ask {
        public Salts {
            if (count < 1 || count > REQUESTS_MAX) {
                throw new MalformedException("%d salts in one question are not 1 to %d".formatted(count, REQUESTS_MAX));
            }
        }
    }

    /// The keys that the asker may have used.
    public record Keys() implements Ask {}

    /// How the enclave is.
    public record HowAreYou() implements Ask {}

    public Question {
        if (id < 1 || id > Json.INTEGER_MAX) {
            throw new MalformedException("question's id %d is not 1 to 2^53".formatted(id));
        }
    }

    public Bytes write() {
        var fields = new JsonFields().put("id", id);
        switch (ask) {
            case Sign sign -> {
                fields.put("ask", "sign");
                sign.requester().ifPresent(requester -> fields.put("requester", requester.text()));
                fields.put(
                        "requests",
                        sign.requests().stream().map(RequestJson::write).toList());
            }
            case Salts salts -> {
                fields.put("ask", "salt");
                salts.requester().ifPresent(requester -> fields.put("requester", requester.text()));
                fields.put("authority", salts.authority().name())
                        .put("format", salts.format().text())
                        .put("count", salts.count());
            }
            case Keys keys -> fields.put("ask", "keys");
            case HowAreYou health -> fields.put("ask", "health");
        }
        return Bytes.of(fields.toJson().line().getBytes(StandardCharsets.UTF_8));
    }

    /// Throws `MalformedException`; what can be read of the question's id is in [#idOf].
    public static Question read(Bytes body) {
        return Json.parse(body, "question", LIMITS).object(Question::read);
    }

    private static Question read(JsonObject object) {
        long id = object.integer("id", 1, Json.INTEGER_MAX);
        String ask = object.text("ask");
        return switch (ask) {
            case "sign" -> {
                var requester = object.optionalText("requester", Requester::new);
                var requests = object.list("requests", 1, REQUESTS_MAX, value -> value.object(RequestJson::read));
                yield new Question(id, new Sign(requester, requests));
            }
            case "salt" ->
                new Question(
                        id,
                        new Salts(
                                object.optionalText("requester", Requester::new),
                                object.text("authority", Authority::new),
                                object.text("format", FormatName::new),
                                Math.toIntExact(object.integer("count", 1, REQUESTS_MAX))));
            case "keys" -> new Question(id, new Keys());
            case "health" -> new Question(id, new HowAreYou());
            default -> throw MalformedException.value("ask", ask, "is not sign, salt, keys or health");
        };
    }

    /// The id of a question that is otherwise wrong, so that its asker can be told; 0 where there is none.
    public static long idOf(Bytes body) {
        try {
            return Json.parse(body, "question", LIMITS).json() instanceof Json.Members members
                            && members.fields().get("id") instanceof Json.Whole whole
                            && whole.value() > 0
                    ? whole.value()
                    : 0;
        } catch (MalformedException noJson) {
            return 0;
        }
    }
}
