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
import dev.chancery.protocol.EnclaveClient;
import dev.chancery.protocol.Reply;
import dev.chancery.protocol.SigningRequest;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Clients that ask a running enclave for OpenPGP signatures, one question after another each, in batches:
/// `EnclaveLoad SOCKET CLIENTS BATCH SECONDS`. Prints signatures a second, and how long a question took. The
/// first third of the time is not counted.
public final class EnclaveLoad {
    private EnclaveLoad() {}

    /// What one client saw: nanoseconds for each question.
    private record Seen(List<Long> nanos) {}

    public static void main(String[] arguments) throws InterruptedException {
        var socket = Path.of(arguments[0]);
        int clients = Integer.parseInt(arguments[1]);
        int batch = Integer.parseInt(arguments[2]);
        var time = Duration.ofSeconds(Long.parseLong(arguments[3]));
        long begin = System.nanoTime() + time.toNanos() / 3;
        long end = System.nanoTime() + time.toNanos();
        var requests = Collections.nCopies(batch, request());
        var seen = new ArrayList<Seen>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < clients; i++) {
            var mine = new Seen(new ArrayList<>());
            seen.add(mine);
            threads.add(Thread.ofPlatform().start(() -> ask(socket, requests, new long[] {begin, end}, mine)));
        }
        for (var thread : threads) {
            thread.join();
        }
        long[] all = seen.stream()
                .flatMap(one -> one.nanos().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        double seconds = (end - begin) / 1e9;
        System.out.printf(
                "%d clients, batches of %d: %.0f signatures/s; a question took %.2f ms (median), %.2f ms (p99)%n",
                clients,
                batch,
                all.length * batch / seconds,
                all[all.length / 2] / 1e6,
                all[all.length * 99 / 100] / 1e6);
    }

    private static void ask(Path socket, List<SigningRequest> requests, long[] window, Seen seen) {
        try (var client = EnclaveClient.connect(socket)) {
            for (long before = System.nanoTime(); before < window[1]; before = System.nanoTime()) {
                for (var result : client.sign(Optional.empty(), requests)) {
                    if (result instanceof Reply.Result.Failed failed) {
                        throw failed.error();
                    }
                }
                if (before >= window[0]) {
                    seen.nanos().add(System.nanoTime() - before);
                }
            }
        }
    }

    private static SigningRequest request() {
        var state = Set.of(Measure.state(DigestAlgorithm.SHA512, ContentForm.BYTES));
        var content = new ContentPass(Wiring.ofLibraries().hashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(new byte[1_000])), state);
        var target = new SigningRequest.Target(new Authority("qa"), new FormatName("openpgp"), Optional.empty());
        return new SigningRequest(target, Encoding.BINARY, new ArtifactName("load"), content);
    }
}
