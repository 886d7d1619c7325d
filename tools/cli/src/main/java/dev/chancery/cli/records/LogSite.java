// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/// A log behind an `http` or `https` URL. One request after another; no redirects.
final class LogSite implements LogPlace, AutoCloseable {
    /// To a connection: the other side of the world with a lost packet takes three seconds.
    static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);
    /// To the last byte of a file: 17 MB, the largest bundle, over a slow line.
    static final Duration TIME_MAX = Duration.ofSeconds(60);

    private static final Executor READERS = task -> Thread.ofVirtual().start(task);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final String base;
    private final Duration timeMax;
    private final HttpClient client;

    LogSite(URI url, SSLContext tls) {
        this(url, tls, TIME_MAX);
    }

    LogSite(URI url, SSLContext tls, Duration timeMax) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(tls)
                .build();
        String text = url.toString();
        this.base = text.endsWith("/") ? text : text + "/";
        this.timeMax = timeMax;
    }

    /// Whether a text is a URL that this reads; everything else is a folder's name.
    static boolean isUrl(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }

    @Override
    public Optional<Bytes> file(String path, int bytesMax) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).build();
        var answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(response -> read(response, path, bytesMax), READERS);
        try {
            return answer.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ChanceryException known ? known : unavailable(path, cause(e), e);
        } catch (TimeoutException e) {
            throw unavailable(path, "did not come within %d seconds".formatted(timeMax.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(path, "was not waited for", e);
        }
    }

    private Optional<Bytes> read(HttpResponse<InputStream> response, String path, int bytesMax) {
        try (var body = response.body()) {
            return switch (response.statusCode()) {
                case OK -> Optional.of(Bytes.of(whole(body, path, bytesMax)));
                case NOT_FOUND, GONE -> Optional.empty();
                default ->
                    throw new UnavailableException(
                            sentence(path, "is answered with HTTP status %d".formatted(response.statusCode())));
            };
        } catch (IOException e) {
            throw unavailable(path, "does not come whole", e);
        }
    }

    private byte[] whole(InputStream body, String path, int bytesMax) throws IOException {
        byte[] bytes = body.readNBytes(bytesMax + 1);
        if (bytes.length > bytesMax) {
            throw new MalformedException(sentence(path, "has more than %d bytes".formatted(bytesMax)));
        }
        return bytes;
    }

    /// The JDK's exceptions often have no message but their own name.
    private static String cause(ExecutionException e) {
        return switch (e.getCause()) {
            case HttpConnectTimeoutException slow ->
                "cannot be asked for: no connection within %d seconds".formatted(CONNECT_TIME_MAX.toSeconds());
            case ConnectException refused -> "cannot be asked for: no connection";
            case SSLHandshakeException untrusted ->
                "cannot be asked for over TLS: " + Quoted.text(String.valueOf(untrusted.getMessage()))
                        + " (--server-certificate names whom to trust)";
            case null, default -> "cannot be had: " + Quoted.text(String.valueOf(e.getMessage()));
        };
    }

    private UnavailableException unavailable(String path, String fault, Exception cause) {
        return new UnavailableException(sentence(path, fault), cause);
    }

    private String sentence(String path, String fault) {
        return "log file %s %s".formatted(Quoted.text(base + path), fault);
    }

    @Override
    public String shown() {
        return Quoted.text(base);
    }

    /// Ends what is still under way.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
