// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.timestamps;

import dev.chancery.core.Bytes;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import dev.chancery.timestamp.TimestampResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One service, over HTTP (RFC 3161, section 3.4).
final class TimestampClient {
    /// To a connection: the other side of the world with a lost packet takes three seconds.
    static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);
    /// To the last byte of the answer: public services take one or two seconds.
    static final Duration TIME_MAX = Duration.ofSeconds(30);

    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";
    private static final int OK = 200;

    private final URI service;
    private final Duration timeMax;

    TimestampClient(URI service) {
        this(service, TIME_MAX);
    }

    TimestampClient(URI service, Duration timeMax) {
        this.service = service;
        this.timeMax = timeMax;
    }

    /// The body of the answer. Throws `UnavailableException` when there is none, or none of this kind.
    Bytes ask(Bytes query) {
        var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try {
            return body(client.sendAsync(
                            request(query),
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), TimestampResponse.BYTES_MAX))
                    .get(timeMax.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw unavailable("does not answer: " + cause(e), e);
        } catch (TimeoutException e) {
            throw unavailable("did not answer within %d seconds".formatted(timeMax.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for", e);
        } finally {
            client.shutdownNow();
        }
    }

    private HttpRequest request(Bytes query) {
        return HttpRequest.newBuilder(service)
                .header("Content-Type", QUERY)
                .header("Accept", REPLY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query.toArray()))
                .build();
    }

    private Bytes body(HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            throw unavailable("answers with HTTP status %d, not %d".formatted(response.statusCode(), OK));
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(REPLY)) {
            throw unavailable("answers with %s, not %s".formatted(Quoted.text(type), REPLY));
        }
        return Bytes.of(response.body());
    }

    /// The JDK's exceptions often have no message but their own name.
    private static String cause(ExecutionException e) {
        return switch (e.getCause()) {
            case java.net.http.HttpConnectTimeoutException slow ->
                "no connection within %d seconds".formatted(CONNECT_TIME_MAX.toSeconds());
            case java.net.ConnectException refused -> "no connection";
            case IOException failed -> Quoted.text(String.valueOf(failed.getMessage()));
            case null, default -> Quoted.text(String.valueOf(e.getMessage()));
        };
    }

    UnavailableException unavailable(String fault) {
        return new UnavailableException(sentence(fault));
    }

    private UnavailableException unavailable(String fault, Throwable cause) {
        return new UnavailableException(sentence(fault), cause);
    }

    private String sentence(String fault) {
        return "timestamp service %s %s; nothing was written".formatted(Quoted.text(service.toString()), fault);
    }
}
