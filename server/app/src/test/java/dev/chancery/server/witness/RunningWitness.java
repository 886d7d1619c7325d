// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.core.Bytes;
import dev.chancery.note.KeyName;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.http.Journal;
import dev.chancery.server.listener.HttpLimits;
import dev.chancery.server.listener.HttpPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// A witness on a port of this machine, in this process or, as [#main], in one of its own that can be killed.
public final class RunningWitness implements AutoCloseable {
    private static final Journal SILENT = new Journal() {
        @Override
        public void answered(Access access) {}

        @Override
        public void noted(String requestId, String sentence) {}

        @Override
        public void failed(String requestId, Throwable fault) {
            throw new AssertionError(fault);
        }
    };

    private final WitnessServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningWitness(WitnessServer server) {
        this.server = server;
    }

    public static WitnessConfiguration configuration(Path directory, int port, VerifierKey... logs) {
        return new WitnessConfiguration(
                new KeyName("witness.example"),
                new WitnessConfiguration.Front(new HttpPlan("127.0.0.1", port, HttpLimits.USUAL), Optional.empty()),
                new WitnessConfiguration.Kept(directory.resolve("witness.pem"), directory.resolve("state")),
                List.of(logs));
    }

    /// On a free port.
    public static RunningWitness in(Path directory, VerifierKey... logs) {
        return at(0, directory, logs);
    }

    public static RunningWitness at(int port, Path directory, VerifierKey... logs) {
        var around = new WitnessServer.Surroundings(directory, Clock.systemUTC(), new SecureRandom(), SILENT);
        return new RunningWitness(WitnessServer.start(configuration(directory, port, logs), around));
    }

    /// DIRECTORY VKEY: says where it is, and goes on until it is killed.
    public static void main(String[] arguments) throws InterruptedException {
        var witness = in(Path.of(arguments[0]), VerifierKey.parse(arguments[1]));
        System.out.println(witness.url());
        Thread.currentThread().join();
    }

    public VerifierKey key() {
        return server.key();
    }

    public String url() {
        return server.url();
    }

    public int port() {
        return URI.create(url()).getPort();
    }

    HttpResponse<String> post(Bytes body) throws IOException, InterruptedException {
        return post(client, url(), body);
    }

    static HttpResponse<String> post(HttpClient client, String url, Bytes body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/add-checkpoint"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        // A connection that is kept for the next request would be waited for.
        client.shutdownNow();
        server.close();
    }
}
