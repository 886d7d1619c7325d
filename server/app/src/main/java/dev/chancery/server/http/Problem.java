// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// An error as a document (RFC 9457): the kind, a sentence about this occurrence, members and headers of its
/// own.
public record Problem(ProblemType type, String detail, Map<String, Json> members, Map<String, String> headers) {
    /// Seconds until a retry when nobody knows better.
    static final int RETRY_AFTER_SECONDS = 5;

    public Problem {
        members = Map.copyOf(members);
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of(), Map.of());
    }

    /// The office's errors. Once the JSON of a request was read, what is malformed is its content.
    public static Problem of(ChanceryException error, boolean jsonRead) {
        return switch (error) {
            case MalformedException malformed ->
                of(jsonRead ? ProblemType.UNPROCESSABLE : ProblemType.MALFORMED, malformed.sentence());
            case RefusedException refused ->
                of(ProblemType.REFUSED, refused.sentence()).with("rule", new Json.Text(refused.rule()));
            case UnavailableException unavailable ->
                of(unavailable.isTooMany() ? ProblemType.TOO_MANY : ProblemType.UNAVAILABLE, unavailable.sentence())
                        .retryAfter(unavailable.retryAfter().orElse(Duration.ofSeconds(RETRY_AFTER_SECONDS)));
        };
    }

    /// The same, with one more member.
    public Problem with(String name, Json value) {
        var more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(type, detail, more, headers);
    }

    /// The same, with one more header.
    public Problem header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(type, detail, members, more);
    }

    /// The same, with the time after which a retry makes sense, in whole seconds, rounded up.
    public Problem retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        return with("retry_after", new Json.Whole(seconds)).header("Retry-After", Long.toString(seconds));
    }

    /// As an answer to the request of this id.
    public Answer answer(String requestId) {
        var fields = new JsonFields()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", detail)
                .put("instance", "urn:chancery:request:" + requestId);
        members.keySet().stream().sorted().forEach(name -> fields.put(name, memberOf(name)));
        var answer = Answer.json(type.status(), fields.toJson()).with("Content-Type", Media.PROBLEM);
        for (var header : headers.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private Json memberOf(String name) {
        return members.getOrDefault(name, new Json.Null());
    }
}
