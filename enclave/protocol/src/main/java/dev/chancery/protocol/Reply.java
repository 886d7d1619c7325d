// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Signature;
import dev.chancery.hashing.Salt;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonObject;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// What an enclave answers to the question with this id.
public record Reply(long id, Answer answer) {
    /// Keys in one answer: as many as a key directory holds.
    private static final int KEYS_MAX = 1_000;

    /// A text may be as long as one signature in base64, and there are many.
    private static final JsonLimits LIMITS =
            new JsonLimits(Frames.ANSWER_BYTES_MAX, 2 * Signature.BYTES_MAX, Json.NAME_CHARACTERS_MAX, false);

    public sealed interface Answer permits Signed, Salts, Keys, Health, Fault {}

    /// To [Question.Sign]: one result for each request, in their order.
    public record Signed(List<Result> results) implements Answer {
        public Signed {
            results = List.copyOf(results);
        }
    }

    /// To [Question.Salts]: as many as were asked for, each for one signature.
    public record Salts(List<Salt> salts) implements Answer {
        public Salts {
            salts = List.copyOf(salts);
        }
    }

    /// To [Question.Keys].
    public record Keys(List<Key> keys) implements Answer {
        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /// To a question that could not be answered at all.
    public record Fault(ChanceryException error) implements Answer {}

    /// The signature file's bytes, or why there is none.
    public sealed interface Result {
        /// By this key.
        record Done(Bytes signature, KeyId key) implements Result {}

        record Failed(ChanceryException error) implements Result {}
    }

    public Bytes write() {
        var fields = new JsonFields().put("id", id);
        switch (answer) {
            case Signed signed ->
                fields.put("signed", signed.results().stream().map(Reply::write).toList());
            case Salts salts ->
                fields.putTexts("salts", salts.salts().stream().map(Salt::hex).toList());
            case Keys keys ->
                fields.put("keys", keys.keys().stream().map(KeyJson::write).toList());
            case Health health -> fields.put("health", health.toJson());
            case Fault fault -> fields.put("error", ErrorJson.write(fault.error()));
        }
        return Bytes.of(fields.toJson().line().getBytes(StandardCharsets.UTF_8));
    }

    private static Json write(Result result) {
        return switch (result) {
            case Result.Done done ->
                new JsonFields()
                        .put(
                                "signature",
                                Base64.getEncoder()
                                        .encodeToString(done.signature().toArray()))
                        .put("key", done.key().hex())
                        .toJson();
            case Result.Failed failed ->
                new JsonFields().put("error", ErrorJson.write(failed.error())).toJson();
        };
    }

    public static Reply read(Bytes body) {
        return Json.parse(body, "answer", LIMITS).object(Reply::read);
    }

    private static Reply read(JsonObject object) {
        long id = object.integer("id", 0, Json.INTEGER_MAX);
        var error = object.optional("error").map(value -> (Answer) new Fault(value.object(ErrorJson::read)));
        if (error.isPresent()) {
            return new Reply(id, error.get());
        }
        var keys = object.optional("keys").map(value ->
                (Answer) new Keys(value.list(0, KEYS_MAX, key -> key.object(KeyJson::read))));
        if (keys.isPresent()) {
            return new Reply(id, keys.get());
        }
        var salts = object.optional("salts").map(value -> (Answer) new Salts(
                value.list(1, Question.REQUESTS_MAX, salt -> salt.check(() -> Salt.parse(salt.text())))));
        if (salts.isPresent()) {
            return new Reply(id, salts.get());
        }
        var health = object.optional("health").map(value -> (Answer) value.object(Health::read));
        return new Reply(
                id,
                health.orElseGet(() -> new Signed(
                        object.list("signed", 1, Question.REQUESTS_MAX, result -> result.object(Reply::readResult)))));
    }

    private static Result readResult(JsonObject object) {
        var error = object.optional("error").map(value -> (Result) new Result.Failed(value.object(ErrorJson::read)));
        return error.orElseGet(() ->
                new Result.Done(RequestJson.readBase64(object.required("signature")), object.text("key", KeyId::new)));
    }
}
