// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a server says went wrong (RFC 9457): one of the three errors, and by which id the server knows the
/// request.
///
/// "Clients consuming problem details MUST ignore any such extensions that they do not recognize" (section
/// 3.2), so this is the one answer that is not read strictly.
record ProblemDocument(ChanceryException error, Optional<String> requestId) {
    static final String TYPE = "application/problem+json";
    /// Bytes: a sentence and a few members.
    private static final int BYTES_MAX = 1 << 16;

    private static final String INSTANCE = "urn:chancery:request:";
    /// Seconds: a year.
    private static final long RETRY_SECONDS_MAX = 366 * 86_400L;

    /// Of an answer with a status from 400; whatever the body is, there is an error for it.
    static ProblemDocument of(HttpReply reply, ServerAddress server) {
        String otherwise = "server %s answers with HTTP status %d".formatted(server, reply.status());
        Map<String, Json> members = Map.of();
        if (reply.type().equals(TYPE)) {
            try {
                members = read(reply);
            } catch (MalformedException e) {
                otherwise += ", and with a problem that is none: " + e.sentence();
            }
        }
        return of(members, reply.status(), otherwise, reply.retryAfter());
    }

    private static Map<String, Json> read(HttpReply reply) {
        return Json.parse(reply.body(), "problem", JsonLimits.foreign(BYTES_MAX))
                                .json()
                        instanceof Json.Members members
                ? members.fields()
                : Map.of();
    }

    /// Of one result of several.
    static ProblemDocument of(Json.Members problem) {
        int status = problem.fields().get("status") instanceof Json.Whole(long value) && value > 0 && value < 1_000
                ? (int) value
                : HttpReply.SERVER_ERRORS;
        return of(problem.fields(), status, "the server says no more than status " + status, Optional.empty());
    }

    private static ProblemDocument of(
            Map<String, Json> members, int status, String otherwise, Optional<Duration> retryAfter) {
        String sentence = text(members, "detail").orElse(otherwise);
        Optional<String> id = text(members, "instance")
                .filter(instance -> instance.startsWith(INSTANCE))
                .map(instance -> instance.substring(INSTANCE.length()));
        ChanceryException error = switch (status) {
            case HttpReply.UNAUTHORIZED -> new RefusedException("unauthorized", sentence);
            case HttpReply.FORBIDDEN ->
                new RefusedException(text(members, "rule").orElse("refused"), sentence);
            case HttpReply.CONFLICT -> new RefusedException("conflict", sentence);
            default ->
                status == HttpReply.TOO_MANY || status < 400 || status >= HttpReply.SERVER_ERRORS
                        ? unavailable(sentence, retryAfter.or(() -> retryAfter(members)))
                        : new MalformedException(sentence);
        };
        return new ProblemDocument(error, id);
    }

    private static UnavailableException unavailable(String sentence, Optional<Duration> retryAfter) {
        return retryAfter
                .map(wait -> new UnavailableException(sentence, wait))
                .orElseGet(() -> new UnavailableException(sentence));
    }

    private static Optional<String> text(Map<String, Json> members, String name) {
        return members.get(name) instanceof Json.Text(String value) && !value.isEmpty()
                ? Optional.of(value)
                : Optional.empty();
    }

    private static Optional<Duration> retryAfter(Map<String, Json> members) {
        return members.get("retry_after") instanceof Json.Whole(long seconds)
                        && seconds >= 0
                        && seconds <= RETRY_SECONDS_MAX
                ? Optional.of(Duration.ofSeconds(seconds))
                : Optional.empty();
    }

    /// What to do about it. The hints of the local office would be wrong here.
    Optional<String> hint() {
        Optional<String> journal = requestId.map(id -> "the server's journal has it as request " + id);
        return switch (error) {
            case RefusedException refused
            when refused.rule().equals("unauthorized") ->
                Optional.of("--token-file, CHANCERY_TOKEN_FILE or CHANCERY_TOKEN name a token, --client-certificate a"
                        + " certificate");
            case RefusedException refused -> journal;
            case MalformedException malformed -> journal;
            case UnavailableException unavailable -> journal;
        };
    }
}
