// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.StatusLine;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/// Exchanges with one server, made again where that makes sense. For many threads.
final class ServerClient implements AutoCloseable {
    /// Bytes: 1,000 CMS signatures with their certificates, twice, and their receipts.
    static final int ANSWER_BYTES_MAX = 64 << 20;
    /// To a connection: the other side of the world with a lost packet takes three seconds.
    static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);

    private static final String JSON = "application/json";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,8}");

    /// Which server, and who we are to it.
    record Link(ServerAddress address, TlsFiles tls, Optional<Credential> credential) {}

    /// What became of one attempt.
    private sealed interface Attempt {
        record Answered(HttpReply reply) implements Attempt {}

        /// @param connected whether there was a connection, so that the server is there, or was
        record Lost(UnavailableException error, boolean connected) implements Attempt {}
    }

    private final Link link;
    private final Patience patience;
    private final StatusLine status;
    private final HttpClient client;
    private volatile boolean answered;

    ServerClient(Link link, Patience patience, StatusLine status) {
        this.link = link;
        this.patience = patience;
        this.status = status;
        var builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(link.address().isEncrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        if (link.address().isEncrypted()) {
            builder.sslContext(link.tls().context());
        }
        this.client = builder.build();
    }

    ServerAddress address() {
        return link.address();
    }

    /// For everybody: without a credential.
    HttpReply get(String path) {
        return exchange(HttpRequest.newBuilder(link.address().at(path)).build());
    }

    /// @param onceKey by which the server knows the request when it is made again
    HttpReply post(String path, Bytes body, String onceKey) {
        var request = HttpRequest.newBuilder(link.address().at(path))
                .header("Content-Type", JSON)
                .header("Accept", JSON + ", " + ProblemDocument.TYPE)
                .header("Idempotency-Key", onceKey)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()));
        link.credential().ifPresent(token -> request.header("Authorization", token.exposedHeader()));
        return exchange(request.build());
    }

    /// With our credential; to be sent again without harm.
    HttpReply ask(String method, String path, Optional<Bytes> body) {
        var publisher = body.map(bytes -> HttpRequest.BodyPublishers.ofByteArray(bytes.toArray()))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        var request = HttpRequest.newBuilder(link.address().at(path))
                .header("Accept", JSON + ", " + ProblemDocument.TYPE)
                .method(method, publisher);
        body.ifPresent(there -> request.header("Content-Type", JSON));
        link.credential().ifPresent(token -> request.header("Authorization", token.exposedHeader()));
        return exchange(request.build());
    }

    private HttpReply exchange(HttpRequest request) {
        long begin = System.nanoTime();
        int attempts = 0;
        while (true) {
            var attempt = attempt(request);
            attempts++;
            var elapsed = Duration.ofNanos(System.nanoTime() - begin);
            var wait = patience.after(attempts, elapsed, asked(attempt));
            switch (attempt) {
                case Attempt.Answered(var reply) -> {
                    answered = true;
                    if (!reply.asksForPatience() || wait.isEmpty()) {
                        return reply;
                    }
                    pause(wait.get(), "is not ready");
                }
                case Attempt.Lost(var error, boolean connected) -> {
                    if (wait.isEmpty() || (!connected && !answered)) {
                        throw attempts == 1
                                ? error
                                : new UnavailableException(
                                        "%s; it was asked %d times".formatted(error.sentence(), attempts), error);
                    }
                    pause(wait.get(), "was lost");
                }
            }
        }
    }

    private static Optional<Duration> asked(Attempt attempt) {
        return attempt instanceof Attempt.Answered(var reply) ? reply.retryAfter() : Optional.empty();
    }

    private void pause(Duration wait, String why) {
        status.show("server %s %s; asking again in %d s"
                .formatted(address(), why, wait.plusMillis(999).toSeconds()));
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            throw notAwaited(e);
        } finally {
            status.clear();
        }
    }

    private UnavailableException notAwaited(InterruptedException e) {
        Thread.currentThread().interrupt();
        return unavailable("was not waited for", e);
    }

    private Attempt attempt(HttpRequest request) {
        var task = new FutureTask<>(() -> read(request));
        Thread.ofVirtual().name("chancery-exchange").start(task);
        try {
            return new Attempt.Answered(task.get(patience.answerMax().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Attempt.Lost(
                    unavailable(
                            "did not answer within %d seconds"
                                    .formatted(patience.answerMax().toSeconds()),
                            e),
                    true);
        } catch (InterruptedException e) {
            throw notAwaited(e);
        } catch (ExecutionException e) {
            return lost(e);
        } finally {
            task.cancel(true);
        }
    }

    private HttpReply read(HttpRequest request) throws IOException, InterruptedException {
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            byte[] bytes = body.readNBytes(ANSWER_BYTES_MAX + 1);
            if (bytes.length > ANSWER_BYTES_MAX) {
                throw new UnavailableException(
                        "server %s answers with more than %d bytes".formatted(address(), ANSWER_BYTES_MAX));
            }
            var headers = response.headers();
            String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
            Optional<Duration> retryAfter = headers.firstValue("Retry-After")
                    .filter(text -> SECONDS.matcher(text).matches())
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)));
            return new HttpReply(response.statusCode(), type.split(";", 2)[0].strip(), retryAfter, Bytes.of(bytes));
        }
    }

    private Attempt.Lost lost(ExecutionException e) {
        return switch (e.getCause()) {
            case ChanceryException error -> throw error;
            case SSLHandshakeException handshake
            when !(handshake.getCause() instanceof EOFException) -> throw untrusted(handshake);
            case HttpConnectTimeoutException slow ->
                new Attempt.Lost(
                        unavailable(
                                "does not answer: no connection within %d seconds"
                                        .formatted(CONNECT_TIME_MAX.toSeconds()),
                                slow),
                        false);
            case ConnectException refused ->
                new Attempt.Lost(unavailable("does not answer: no connection", refused), false);
            case IOException failed ->
                new Attempt.Lost(
                        unavailable(
                                "dropped the connection: " + Quoted.text(String.valueOf(failed.getMessage())), failed),
                        true);
            case null, default -> throw new IllegalStateException(e);
        };
    }

    private HintedException untrusted(SSLHandshakeException e) {
        return new HintedException(
                new RefusedException(
                        "server-tls",
                        "server %s and we do not agree on TLS: %s"
                                .formatted(address(), Quoted.text(String.valueOf(e.getMessage())))),
                "--server-certificate or CHANCERY_SERVER_CERTIFICATE names the server's certificate, or its"
                        + " authority's; --client-certificate ours");
    }

    private UnavailableException unavailable(String fault, Throwable cause) {
        return new UnavailableException("server %s %s".formatted(address(), fault), cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
