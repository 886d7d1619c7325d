// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.handle.SecretBytes;
import dev.chancery.keys.vault.http.HttpAnswer;
import dev.chancery.keys.vault.http.HttpExchange;
import dev.chancery.keys.vault.http.HttpRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/// Requests to Vault's HTTP API, with or without a token, and what it means when there is no answer.
final class VaultTransport implements AutoCloseable {
    private static final byte[] TRUE = HttpExchange.value("true");

    /// A request below `/v1/`. The body belongs to who makes it, who overwrites it if it is secret. To some,
    /// what the request itself got wrong is answered with status 500, as if Vault had failed: `faultIs500`.
    record Call(String method, String path, SecretBytes body, boolean repeatable, boolean faultIs500, Duration time) {
        static Call get(String path, Duration time) {
            return new Call("GET", path, SecretBytes.owning(new byte[0]), true, false, time);
        }

        static Call post(String path, byte[] body, boolean repeatable, Duration time) {
            return new Call("POST", path, SecretBytes.owning(body), repeatable, false, time);
        }

        /// Transit's "Sign data".
        static Call sign(String path, byte[] body, Duration time) {
            return new Call("POST", path, SecretBytes.owning(body), true, true, time);
        }
    }

    private final VaultKeys.Place place;
    private final HttpExchange exchange;

    VaultTransport(VaultKeys.Place place) {
        this.place = place;
        this.exchange = new HttpExchange(place.address().route(place.anchors()));
    }

    String shown() {
        return "Vault at " + place.address();
    }

    /// In the place's namespace.
    ///
    /// Throws `UnavailableException` when Vault is not there, too slow, sealed, busy or speaks nonsense, and
    /// `RefusedException` with rule `vault-tls` when TLS does not find who it should.
    VaultAnswer send(Call call, Optional<SecretBytes> token) {
        var fields = new LinkedHashMap<String, byte[]>();
        // An agent may demand it, against requests that a browser was tricked into.
        fields.put("X-Vault-Request", TRUE);
        place.namespace().ifPresent(name -> fields.put("X-Vault-Namespace", HttpExchange.value(name)));
        token.ifPresent(secret -> fields.put("X-Vault-Token", secret.exposed()));
        var request = new HttpRequest(call.method(), "/v1/" + call.path(), fields, call.body(), call.repeatable());
        var answer = exchanged(request, call.time());
        if (answer.status() >= 300) {
            token.ifPresent(secret -> withhold(answer, secret));
        }
        try (var body = answer.body()) {
            requireServing(answer, call.faultIs500());
            return VaultAnswer.of(answer.status(), body);
        } catch (MalformedException e) {
            throw new UnavailableException(shown() + " does not speak as it should: " + e.sentence(), e);
        }
    }

    /// What repeats the token is not shown to anybody.
    private static void withhold(HttpAnswer answer, SecretBytes token) {
        byte[] body = answer.body().exposed();
        byte[] secret = token.exposed();
        for (int at = 0; at + secret.length <= body.length; at++) {
            if (Arrays.equals(body, at, at + secret.length, secret, 0, secret.length)) {
                Arrays.fill(body, at, at + secret.length, (byte) '*');
            }
        }
    }

    /// Whether Vault is there, unsealed and serving, whoever asks. Throws what [#send] throws.
    void requireThere(Duration time) {
        var answer = exchanged(
                // A standby hands requests on, so that it is as good as the active one.
                new HttpRequest(
                        "GET",
                        "/v1/sys/health?standbyok=true&perfstandbyok=true",
                        Map.of("X-Vault-Request", TRUE),
                        SecretBytes.owning(new byte[0]),
                        true),
                time);
        requireServing(answer, false);
        if (answer.status() != 200) {
            throw new UnavailableException("%s is not serving: status %d".formatted(shown(), answer.status()));
        }
    }

    private HttpAnswer exchanged(HttpRequest request, Duration time) {
        try {
            return exchange.send(request, time);
        } catch (SocketTimeoutException e) {
            throw new UnavailableException("%s has not answered within %d ms".formatted(shown(), time.toMillis()), e);
        } catch (SSLHandshakeException e) {
            throw new RefusedException("vault-tls", shown() + " is not trusted: " + e.getMessage());
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be asked: %s".formatted(shown(), words(e)), e);
        }
    }

    private static String words(IOException fault) {
        String message = fault.getMessage();
        return message == null || message.isEmpty() ? fault.getClass().getSimpleName() : message;
    }

    /// Statuses that say that Vault cannot serve now (its API's documentation, "HTTP status codes";
    /// `sys/health`).
    private void requireServing(HttpAnswer answer, boolean faultIs500) {
        String why = switch (answer.status()) {
            case 412 -> "has not yet seen what was written last";
            case 429 -> "has had too many requests";
            case 472, 473 -> "is a standby that hands nothing on";
            case 501 -> "is not initialised";
            case 502, 504 -> "does not reach what is behind it";
            case 503 -> says(answer, "Vault is sealed", "\"sealed\":true") ? "is sealed" : "is down for maintenance";
            case 500 -> faultIs500 ? "" : "failed";
            default -> answer.status() > 500 ? "failed" : "";
        };
        if (answer.status() / 100 == 3) {
            throw new UnavailableException(
                    "%s sends elsewhere, with status %d: name the active server".formatted(shown(), answer.status()));
        }
        if (!why.isEmpty()) {
            String said = VaultAnswer.of(answer.status(), answer.body()).said();
            throw unavailable("%s %s, with %s".formatted(shown(), why, said), answer);
        }
    }

    private static UnavailableException unavailable(String sentence, HttpAnswer answer) {
        return answer.retryAfter().isPresent()
                ? new UnavailableException(
                        sentence, Duration.ofSeconds(answer.retryAfter().getAsInt()))
                : new UnavailableException(sentence);
    }

    private static boolean says(HttpAnswer answer, String... words) {
        String body = new String(answer.body().exposed(), StandardCharsets.UTF_8);
        return Stream.of(words).anyMatch(body::contains);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
