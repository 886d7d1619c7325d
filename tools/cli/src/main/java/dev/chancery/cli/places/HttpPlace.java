// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.cli.remote.Patience;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// A server that gives files out for `GET` and takes them by `PUT`.
final class HttpPlace implements Place {
    /// What one kind of server wants of requests to it.
    interface Manner {
        /// Where a file is.
        URI address(ArtifactName name);

        /// What says who asks; never sent to another server.
        Map<String, String> headers(String method, URI to);

        /// Where credentials come from, for who is denied.
        String hint();

        /// As a person writes the place.
        String name();
    }

    /// One that wants the same header each time, or none.
    record Plain(URI base, Optional<String> authorization) implements Manner {
        @Override
        public URI address(ArtifactName name) {
            try {
                String path = new URI(null, null, "/" + name.text(), null)
                        .toASCIIString()
                        .substring(1);
                return URI.create(base + path.replace(";", "%3B").replace("?", "%3F"));
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e); // every name can be quoted
            }
        }

        @Override
        public Map<String, String> headers(String method, URI to) {
            return authorization.map(value -> Map.of("Authorization", value)).orElse(Map.of());
        }

        @Override
        public String name() {
            return base.toString();
        }

        @Override
        public String hint() {
            return "the credential comes from ~/.netrc or the file that NETRC names, or a token from"
                    + " CHANCERY_PLACE_TOKEN_FILE";
        }
    }

    /// How long to wait, and how often.
    ///
    /// @param stillMax without a byte in either direction; and for the answer to a `PUT` whose body is sent
    record Waits(Patience patience, Duration stillMax) {
        static final Waits DEFAULT = new Waits(Patience.DEFAULT, Duration.ofSeconds(60));
    }

    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);
    private static final int REDIRECTIONS_MAX = 5;
    private static final int OK = 200;
    private static final Set<Integer> WRITTEN = Set.of(OK, 201, 204);
    private static final Set<Integer> ABSENT = Set.of(404, 410);
    private static final Set<Integer> DENIED = Set.of(401, 403);
    private static final Set<Integer> REDIRECTED = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);
    private static final int EXISTS = 412;
    private static final int SERVER_ERRORS = 500;

    private final URI base;
    private final Manner manner;
    private final Waits waits;
    private final HttpClient client;
    private volatile boolean answered;

    private HttpPlace(URI base, Manner manner, Waits waits, HttpClient client) {
        this.base = base;
        this.manner = manner;
        this.waits = waits;
        this.client = client;
    }

    /// @param base ends with `/`
    static HttpPlace at(URI base, SSLContext tls, Manner manner, Waits waits) {
        var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(base.getScheme().equals("https") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
        return new HttpPlace(base, manner, waits, client);
    }

    @Override
    public Optional<InputStream> open(ArtifactName name) {
        URI from = manner.address(name);
        for (int i = 0; i <= REDIRECTIONS_MAX; i++) {
            URI asked = from;
            var response = patiently(() -> client.send(
                    request("GET", asked).timeout(waits.stillMax()).GET().build(),
                    HttpResponse.BodyHandlers.ofInputStream()));
            int status = response.statusCode();
            if (status == OK) {
                return Optional.of(new Stall(response.body(), waits.stillMax()));
            }
            discard(response.body());
            if (ABSENT.contains(status)) {
                return Optional.empty();
            }
            if (!REDIRECTED.contains(status)) {
                throw refused("answers %d when it is asked for".formatted(status), name, status);
            }
            from = redirected(asked, response, name);
        }
        throw refused("leads on more than %d times from".formatted(REDIRECTIONS_MAX), name, 0);
    }

    /// Where an answer leads; never away from TLS.
    private URI redirected(URI from, HttpResponse<?> response, ArtifactName name) {
        try {
            URI to = from.resolve(
                    new URI(response.headers().firstValue("Location").orElse("")));
            String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
            boolean encrypted = scheme.equals("https");
            boolean as = encrypted || (scheme.equals("http") && from.getScheme().equals("http"));
            if (as && to.getHost() != null && to.getRawUserInfo() == null) {
                return to;
            }
        } catch (URISyntaxException notAnAddress) {
            // Falls through to the one sentence for every fault.
        }
        throw refused("leads to where nobody should follow from", name, 0);
    }

    private HttpRequest.Builder request(String method, URI to) {
        var request = HttpRequest.newBuilder(to);
        if (isHere(to)) {
            manner.headers(method, to).forEach(request::header);
        }
        return request;
    }

    /// The same scheme, host and port (RFC 6454).
    private boolean isHere(URI to) {
        return to.getScheme().equalsIgnoreCase(base.getScheme())
                && to.getHost().equalsIgnoreCase(base.getHost())
                && to.getPort() == base.getPort();
    }

    @Override
    public boolean create(ArtifactName name, Source source) {
        if (isThere(name)) {
            return false;
        }
        // RFC 9110, section 13.1.2: only if there is none. Servers that do not know it would replace what somebody
        // wrote since it was asked for above.
        var response = put(manner.address(name), source, Map.of("If-None-Match", "*"));
        int status = response.statusCode();
        if (status == EXISTS) {
            return false;
        }
        if (!WRITTEN.contains(status)) {
            throw refused("answers %d to a PUT of".formatted(status), name, status);
        }
        return true;
    }

    /// Every attempt has headers of its own, which may tell the time.
    HttpResponse<Void> put(URI to, Source source, Map<String, String> more) {
        return patiently(() -> {
            var request = request("PUT", to).header("Content-Type", "application/octet-stream");
            more.forEach(request::header);
            return new Upload(source, waits.stillMax()).send(client, request);
        });
    }

    /// A request with a small body, or with none, whose answer is small.
    ///
    /// @param more headers beside those of the server's manner
    record Question(String method, URI to, String body, Map<String, String> more) {}

    /// Has the answer to it.
    ///
    /// @param wait for the answer to begin
    HttpResponse<InputStream> ask(Question question, Duration wait) {
        return patiently(() -> {
            var request = request(question.method(), question.to()).timeout(wait);
            question.more().forEach(request::header);
            var content = question.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(question.body());
            return client.send(
                    request.method(question.method(), content).build(), HttpResponse.BodyHandlers.ofInputStream());
        });
    }

    boolean isThere(ArtifactName name) {
        var there = open(name);
        there.ifPresent(HttpPlace::discard);
        return there.isPresent();
    }

    /// Whether nothing is read of it or all: the connection is of no use any more.
    private static void discard(InputStream body) {
        try (body) {
            body.skipNBytes(0);
        } catch (IOException e) {
            // What is not wanted need not be whole.
        }
    }

    private interface Exchange<T> {
        HttpResponse<T> make() throws IOException, InterruptedException;
    }

    /// Again and again while the server asks for patience, or is lost; but one that was never there may be a slip of
    /// the pen.
    private <T> HttpResponse<T> patiently(Exchange<T> exchange) {
        long begin = System.nanoTime();
        for (int attempts = 1; ; attempts++) {
            Optional<HttpResponse<T>> reply = Optional.empty();
            Optional<UnavailableException> lost = Optional.empty();
            try {
                reply = Optional.of(exchange.make());
                answered = true;
            } catch (IOException e) {
                lost = Optional.of(lost(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable("was not waited for", e);
            }
            var elapsed = Duration.ofNanos(System.nanoTime() - begin);
            var wait = waits.patience().after(attempts, elapsed, reply.flatMap(HttpPlace::retryAfter));
            if (reply.isPresent() && (!AGAIN.contains(reply.get().statusCode()) || wait.isEmpty())) {
                return reply.get();
            }
            if (wait.isEmpty() || (reply.isEmpty() && !answered)) {
                throw lost.orElseThrow();
            }
            reply.map(HttpResponse::body).ifPresent(body -> {
                if (body instanceof InputStream stream) {
                    discard(stream);
                }
            });
            pause(wait.get());
        }
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /// A fault of ours, thrown while a body was read, is not the server's.
    private UnavailableException lost(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChanceryException ours) {
                throw ours;
            }
        }
        if (e instanceof ConnectException) {
            return unavailable("does not answer: no connection", e);
        }
        String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
        return unavailable("does not answer: " + Quoted.text(why), e);
    }

    private void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for", e);
        }
    }

    private UnavailableException unavailable(String fault, Exception cause) {
        return new UnavailableException("place %s %s".formatted(this, fault), cause);
    }

    RuntimeException refused(String fault, ArtifactName name, int status) {
        return refused("%s %s".formatted(fault, Quoted.text(name.text())), status);
    }

    RuntimeException refused(String fault, int status) {
        String sentence = "place %s %s".formatted(this, fault);
        if (status >= SERVER_ERRORS || AGAIN.contains(status)) {
            return new UnavailableException(sentence);
        }
        if (DENIED.contains(status)) {
            return new HintedException(new RefusedException("place-denied", sentence), manner.hint());
        }
        return new RefusedException("place-refused", sentence);
    }

    @Override
    public Optional<List<ArtifactName>> names() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return Quoted.text(manner.name());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
