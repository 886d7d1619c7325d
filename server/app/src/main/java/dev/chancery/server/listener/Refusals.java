// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Front;
import dev.chancery.server.http.ProblemType;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/// What Helidon finds wrong before there is a request, told in our words.
final class Refusals implements DirectHandler {
    private static final String DETAIL =
            "The request is not HTTP as this server takes it, or its line or its headers are longer than it takes";

    private final Front front;

    Refusals(Front front) {
        this.front = front;
    }

    DirectHandlers handlers() {
        var handlers = DirectHandlers.builder();
        for (EventType event : EventType.values()) {
            handlers.addHandler(event, this);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Answer answer = front.refusal(typeOf(status.code()), DETAIL);
        var refusal = TransportResponse.builder().status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> refusal.header(HeaderValues.create(HeaderNames.create(name), value)));
        if (answer.content() instanceof Answer.Content.Whole whole) {
            refusal.entity(whole.bytes().toArray());
        }
        return refusal.build();
    }

    private static ProblemType typeOf(int status) {
        return switch (status) {
            case 413 -> ProblemType.TOO_LARGE;
            case 414 -> ProblemType.TARGET_TOO_LONG;
            case 500 -> ProblemType.FAILURE;
            case 503 -> ProblemType.UNAVAILABLE;
            default -> ProblemType.MALFORMED;
        };
    }
}
