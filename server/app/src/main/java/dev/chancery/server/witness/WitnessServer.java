// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.core.ChanceryException;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.http.Front;
import dev.chancery.server.http.Journal;
import dev.chancery.server.listener.HttpListener;
import dev.chancery.server.metrics.Metrics;
import dev.chancery.server.tls.ServerTls;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/// A witness that answers on a port.
public final class WitnessServer implements AutoCloseable {
    /// What it needs of its process.
    ///
    /// @param directory where a certificate of its own is kept
    public record Surroundings(Path directory, Clock clock, SecureRandom random, Journal journal) {}

    private final Witness witness;
    private final Optional<ServerTls> tls;
    private final HttpListener listener;

    private WitnessServer(WitnessConfiguration configuration, Surroundings around) {
        this.witness = Witness.open(configuration, around.clock(), around.random());
        try {
            var metrics = new Metrics();
            var front = new Front(
                    new WitnessApi(witness, metrics, around.journal()).routes(),
                    configuration.front().http().limits().requestsMax(),
                    new Front.Surroundings(around.journal(), metrics, around.clock(), around.random()));
            this.tls = configuration
                    .front()
                    .tls()
                    .map(plan -> ServerTls.open(plan, around.directory(), around.clock(), around.random()));
            this.listener = HttpListener.start(configuration.front().http(), tls.map(ServerTls::context), front);
        } catch (ChanceryException e) {
            witness.close();
            throw e;
        }
    }

    public static WitnessServer start(WitnessConfiguration configuration, Surroundings around) {
        return new WitnessServer(configuration, around);
    }

    public VerifierKey key() {
        return witness.key();
    }

    /// The submission prefix, and the monitoring prefix: `https://127.0.0.1:8473`.
    public String url() {
        var address = listener.address();
        return "%s://%s:%d"
                .formatted(
                        tls.isPresent() ? "https" : "http", address.getAddress().getHostAddress(), address.getPort());
    }

    /// SHA-256 of the certificate; empty without TLS.
    public Optional<String> fingerprint() {
        return tls.map(ServerTls::fingerprint);
    }

    /// Answers what has been begun, and ends.
    @Override
    public void close() {
        listener.close();
        witness.close();
    }
}
