// SPDX-License-Identifier: Apache-2.0
package dev.chancery.benchmarks;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.protocol.SigningRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Clients that ask a running server for Ed25519 signatures over HTTPS (HTTP/2), each artifact another one:
/// `ServerLoad chancery|vault URL DIRECTORY STREAMS BATCH SECONDS PID…`. The directory has the server's certificate
/// (`certificate.pem`, `ca.pem`) and a token (`first-token`, `root-token`). STREAMS requests are on the way at once,
/// over
/// two connections, each with BATCH artifacts. Of Chancery OpenPGP signatures of `build` are wanted, of Vault those of
/// the key `build` in Transit over a SHA-512. Prints signatures a second, how long a request took, and the processor
/// time that the processes took for one signature. The first third of the time is not counted.
public final class ServerLoad {
    private static final int CONNECTIONS = 2;
    /// Bodies that are made before the clock runs.
    private static final int ARTIFACTS = 60_000;
    private static final int SHA512_BYTES = 64;
    /// Ticks of a processor's second in proc_pid_stat(5).
    private static final double TICKS = 100;

    /// Whom to ask, and how.
    private record Target(URI url, String header, String value, Path certificate, List<String> bodies) {
        static Target chancery(String url, Path directory, int batch) throws IOException {
            return new Target(
                    URI.create(url + (batch > 1 ? "/v1/signatures/batch" : "/v1/signatures")),
                    "Authorization",
                    "Bearer "
                            + Files.readString(directory.resolve("first-token")).strip(),
                    directory.resolve("certificate.pem"),
                    joined(requests(), batch, "{\"requests\":[", "]}"));
        }

        static Target vault(String url, Path directory, int batch) throws IOException {
            var inputs = new ArrayList<String>();
            for (int i = 0; i < ARTIFACTS; i++) {
                byte[] digest = new byte[SHA512_BYTES];
                ByteBuffer.wrap(digest).putInt(i);
                inputs.add("{\"input\":\"" + Base64.getEncoder().encodeToString(digest) + "\"}");
            }
            return new Target(
                    URI.create(url + "/v1/transit/sign/build"),
                    "X-Vault-Token",
                    Files.readString(directory.resolve("root-token")).strip(),
                    directory.resolve("ca.pem"),
                    joined(inputs, batch, "{\"batch_input\":[", "]}"));
        }
    }

    private final Target target;
    private final List<HttpClient> clients;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    private ServerLoad(Target target) throws IOException, GeneralSecurityException {
        this.target = target;
        var tls = trusting(target.certificate());
        this.clients = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_2)
                        .build())
                .toList();
    }

    public static void main(String[] arguments) throws Exception {
        int streams = Integer.parseInt(arguments[3]);
        int batch = Integer.parseInt(arguments[4]);
        long seconds = Long.parseLong(arguments[5]);
        var directory = Path.of(arguments[2]);
        var load = new ServerLoad(
                arguments[0].equals("vault")
                        ? Target.vault(arguments[1], directory, batch)
                        : Target.chancery(arguments[1], directory, batch));
        long start = System.nanoTime();
        long begin = start + seconds * 1_000_000_000 / 3;
        long end = start + seconds * 1_000_000_000;
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < streams; i++) {
            var client = load.clients.get(i % CONNECTIONS);
            threads.add(Thread.ofVirtual().start(() -> load.ask(client, begin, end)));
        }
        var processes = List.of(arguments).subList(6, arguments.length);
        Thread.sleep((begin - System.nanoTime()) / 1_000_000);
        var before = ticks(processes);
        Thread.sleep((end - System.nanoTime()) / 1_000_000);
        var after = ticks(processes);
        for (var thread : threads) {
            thread.join();
        }
        load.print(streams, batch, (end - begin) / 1e9);
        double signatures = (double) load.nanos.size() * batch;
        for (int i = 0; i < processes.size(); i++) {
            System.out.printf(
                    "  process %s: %.0f microseconds of a core for a signature%n",
                    processes.get(i), (after.get(i) - before.get(i)) / TICKS * 1e6 / signatures);
        }
        load.clients.forEach(HttpClient::shutdownNow);
    }

    private void print(int streams, int batch, double seconds) {
        long[] all = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%d at once, batches of %d: %.0f signatures/s; a request took %.2f ms (median), %.2f ms (p99)%n",
                streams,
                batch,
                all.length * batch / seconds,
                all[all.length / 2] / 1e6,
                all[all.length * 99 / 100] / 1e6);
    }

    private void ask(HttpClient client, long begin, long end) {
        for (long before = System.nanoTime(); before < end; before = System.nanoTime()) {
            String body =
                    target.bodies().get(next.getAndIncrement() % target.bodies().size());
            var request = HttpRequest.newBuilder(target.url())
                    .header("Content-Type", "application/json")
                    .header(target.header(), target.value())
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            try {
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() >= 300 || answer.body().contains("\"status\":4")) {
                    throw new IllegalStateException(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            long now = System.nanoTime();
            if (before >= begin && now <= end) {
                nanos.add(now - before);
            }
        }
    }

    private static List<String> requests() {
        var pass = new ContentPass(Wiring.ofLibraries().hashes());
        var measures = Set.of(
                Measure.state(DigestAlgorithm.SHA512, ContentForm.BYTES),
                Measure.digest(DigestAlgorithm.SHA256),
                Measure.digest(DigestAlgorithm.SHA512));
        var target = new SigningRequest.Target(new Authority("build"), new FormatName("openpgp"), Optional.empty());
        var requests = new ArrayList<String>();
        for (int i = 0; i < ARTIFACTS; i++) {
            byte[] content = ("artifact " + i).getBytes(StandardCharsets.UTF_8);
            var measured = pass.measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
            requests.add(new SigningRequest(target, Encoding.BINARY, new ArtifactName("load-" + i), measured)
                    .toJson()
                    .line());
        }
        return requests;
    }

    private static List<String> joined(List<String> one, int batch, String begin, String end) {
        return batch == 1
                ? one
                : IntStream.range(0, one.size() / batch)
                        .mapToObj(i -> one.subList(i * batch, (i + 1) * batch).stream()
                                .collect(Collectors.joining(",", begin, end)))
                        .toList();
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        try (var in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /// Processor time of processes, with their threads: fields 14 and 15 of proc_pid_stat(5).
    private static List<Long> ticks(List<String> processes) throws IOException {
        var ticks = new ArrayList<Long>();
        for (String process : processes) {
            String stat = Files.readString(Path.of("/proc", process, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks.add(Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
        }
        return ticks;
    }
}
