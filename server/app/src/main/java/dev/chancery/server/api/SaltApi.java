// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.hashing.Salt;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.Question;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.signing.Enclaves;
import java.io.IOException;
import java.util.List;

/// What has to be hashed before the content, in formats that sign a salt with it (`openpgp6`).
///
/// `{"authority":"qa","format":"openpgp6","count":2}` is answered with two salts of the enclave, each good for
/// one request by whoever asked here, for six hours. They are for those who measure the content themselves; to
/// a streamed content the server adds one itself.
final class SaltApi {
    private static final int BODY_BYTES_MAX = 4_096;

    private final Guard guard;
    private final Enclaves enclaves;

    SaltApi(ApiParts parts) {
        this.guard = parts.guard();
        this.enclaves = parts.enclaves();
    }

    List<Route> routes() {
        return List.of(Route.of(Method.POST, "/v1/salts", "salts", this::salts));
    }

    private record Wanted(SigningRequest.Target target, int count) {
        static Wanted read(JsonObject body) {
            var target = new SigningRequest.Target(
                    body.text("authority", Authority::new),
                    body.text("format", FormatName::new),
                    body.optionalText("key", KeyId::new));
            long count = body.optional("count")
                    .map(value -> value.integer(1, Question.REQUESTS_MAX))
                    .orElse(1L);
            return new Wanted(target, Math.toIntExact(count));
        }
    }

    private Answer salts(Request request) throws IOException {
        var wanted = request.json(BODY_BYTES_MAX, Wanted::read);
        var requester =
                guard.asks(request, Guard.Act.SIGN, List.of(wanted.target().authority()));
        var salts = enclaves.salts(requester, wanted.target(), wanted.count());
        return Answer.json(
                200,
                new JsonFields()
                        .putTexts("salts", salts.stream().map(Salt::hex).toList())
                        .toJson());
    }
}
