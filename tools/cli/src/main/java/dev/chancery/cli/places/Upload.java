// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One `PUT`, which is given up when the server has taken nothing, or not answered, for a while.
final class Upload {
    private final Place.Source source;
    private final Duration timeMax;
    private volatile long last = System.nanoTime();

    Upload(Place.Source source, Duration timeMax) {
        this.source = source;
        this.timeMax = timeMax;
    }

    HttpResponse<Void> send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        var body = source.size() == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(this::opened), source.size());
        var answer = client.sendAsync(request.PUT(body).build(), HttpResponse.BodyHandlers.discarding());
        try {
            return await(answer);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return answer.get(Math.min(1_000, timeMax.toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - last > timeMax.toNanos()) {
                    throw new IOException("nothing was taken for %d seconds".formatted(timeMax.toSeconds()), e);
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
            }
        }
    }

    private InputStream opened() {
        try {
            return new Watched(source.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Notes when it was read last.
    private final class Watched extends FilterInputStream {
        Watched(InputStream input) {
            super(input);
        }

        @Override
        public int read() throws IOException {
            last = System.nanoTime();
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            last = System.nanoTime();
            return in.read(bytes, offset, length);
        }
    }
}
