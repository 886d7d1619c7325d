// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.entry.TrustedRoot;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Hashes;
import dev.chancery.note.NoteSigner;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.api.Api;
import dev.chancery.server.api.ApiParts;
import dev.chancery.server.api.Guard;
import dev.chancery.server.cosigning.Witnesses;
import dev.chancery.server.http.Front;
import dev.chancery.server.http.Journal;
import dev.chancery.server.http.Routes;
import dev.chancery.server.keyring.CertificateUpdates;
import dev.chancery.server.keyring.Joinings;
import dev.chancery.server.keyring.KeyEvents;
import dev.chancery.server.keyring.KeyTurns;
import dev.chancery.server.keyring.PublishedKeyring;
import dev.chancery.server.listener.HttpListener;
import dev.chancery.server.log.LogKey;
import dev.chancery.server.log.Receipts;
import dev.chancery.server.log.Sequencer;
import dev.chancery.server.log.TileFolder;
import dev.chancery.server.metrics.Metrics;
import dev.chancery.server.publication.Doors;
import dev.chancery.server.queue.JobApi;
import dev.chancery.server.queue.JobNumbers;
import dev.chancery.server.registry.RegistryApi;
import dev.chancery.server.signing.Enclaves;
import dev.chancery.server.signing.KeyWarnings;
import dev.chancery.server.signing.Signing;
import dev.chancery.server.signing.SigningNumbers;
import dev.chancery.server.tls.ServerTls;
import dev.chancery.server.transit.TransitApi;
import dev.chancery.server.verification.PolicyFolder;
import dev.chancery.store.Store;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A server that runs.
public final class Server implements AutoCloseable {
    /// What it needs of its process.
    ///
    /// @param directory where a certificate of its own is kept
    public record Surroundings(Path directory, Clock clock, SecureRandom random, Hashes hashes, Journal journal) {}

    /// Packages of which it is told why they are not handed out.
    private static final int UNSERVED_TOLD_MAX = 20;

    /// What is closed, the last one that was opened first.
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final HttpListener listener;
    private final Optional<ServerTls> tls;
    private final Routes routes;

    private Server(ServerConfiguration configuration, Surroundings around) {
        try {
            var formats = Formats.all(around.hashes());
            var store = opened(Store.open(configuration.store(), configuration.name(), around.clock()));
            var key = LogKey.read(configuration.log().key(), configuration.log().origin());
            var folder = new TileFolder(configuration.log().tiles());
            var witnesses = opened(configuration
                    .log()
                    .witnesses()
                    .map(plan -> Witnesses.of(plan, key.key()))
                    .orElseGet(Witnesses::none));
            var sequencer = opened(new Sequencer(store.ledger(), folder, key, witnesses));
            var metrics = new Metrics();
            var enclaves = opened(new Enclaves(configuration.enclaves(), around.clock()));
            var parts = new Signing.Parts(
                    enclaves, sequencer, store, new Receipts(folder), formats, new SigningNumbers(metrics));
            opened(new Housekeeping(store.requests(), store.jobs(), around.clock(), around.journal()).started());
            var guard = guard(configuration, store, around);
            var registry = registry(configuration, guard, around);
            var readiness = readiness(parts, registry, around.clock());
            metrics.sampled(readiness::health);
            var joinings = new Joinings(certifiers(configuration));
            var keyring = new PublishedKeyring(
                    new KeyringDirectory(configuration.keyring(), formats), store.ledger(), joinings);
            var events = new KeyEvents(sequencer, around.clock());
            var api = new ApiParts(
                    guard,
                    new Signing(parts, new KeyTurns(keyring, store.ledger(), events, around.clock()), around.clock()),
                    enclaves,
                    store.ledger(),
                    keyring,
                    formats,
                    around.hashes(),
                    configuration.policies().map(PolicyFolder::read).orElse(PolicyFolder.NONE),
                    key.key(),
                    verifier(configuration.log()),
                    around.clock());
            var routes = new ArrayList<>(Api.routes(
                    api,
                    store.tags(),
                    new Api.Log(folder, root(configuration.log(), key)),
                    new Api.Condition(readiness::health, metrics)));
            var updates = new CertificateUpdates(keyring, joinings, events, around.clock());
            routes.addAll(new TransitApi(api).routes());
            routes.addAll(new JobApi(guard, store.jobs(), new JobNumbers(metrics, store.jobs())).routes());
            routes.addAll(new Doors(guard, keyring, updates, around.clock()).routes());
            registry.map(RegistryApi::routes).ifPresent(routes::addAll);
            this.routes = new Routes(routes);
            var front = front(configuration, this.routes, metrics, around);
            this.tls = configuration
                    .front()
                    .tls()
                    .map(plan -> ServerTls.open(plan, around.directory(), around.clock(), around.random()));
            this.listener =
                    opened(HttpListener.start(configuration.front().http(), tls.map(ServerTls::context), front));
        } catch (ChanceryException e) {
            close();
            throw e;
        }
    }

    public static Server start(ServerConfiguration configuration, Surroundings around) {
        return new Server(configuration, around);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private static Guard guard(ServerConfiguration configuration, Store store, Surroundings around) {
        return new AuthenticatedGuard(
                configuration.front().authentication(), store.tokens(), around.journal(), around.clock());
    }

    private static Optional<RegistryApi> registry(ServerConfiguration configuration, Guard guard, Surroundings around) {
        var verification = new RegistryApi.Verification(configuration.keyring(), around.hashes(), around.clock());
        return configuration.registry().map(plan -> new RegistryApi(guard, plan, verification));
    }

    private static Readiness readiness(Signing.Parts parts, Optional<RegistryApi> registry, InstantSource clock) {
        return new Readiness(
                () -> health(parts, registry.map(RegistryApi::faults).orElse(List.of()), clock), System::nanoTime);
    }

    private static Front front(ServerConfiguration configuration, Routes routes, Metrics metrics, Surroundings around) {
        return new Front(
                routes,
                configuration.front().http().limits().requestsMax(),
                new Front.Surroundings(around.journal(), metrics, around.clock(), around.random()));
    }

    private static List<Bytes> certifiers(ServerConfiguration configuration) {
        return configuration
                .certifiers()
                .map(file -> InputFiles.read("certifiers", file, KeyringDirectory.FILE_BYTES_MAX))
                .stream()
                .toList();
    }

    private static Optional<TrustedRoot> root(ServerConfiguration.LogPlan log, NoteSigner key) {
        VerifierKey verifier = key.key();
        return log.url().map(url -> new TrustedRoot(url, verifier, Instant.EPOCH));
    }

    /// How the server calls itself in what it says of artifacts.
    private static String verifier(ServerConfiguration.LogPlan log) {
        return log.url().map(URI::toString).orElseGet(() -> "https://" + log.origin());
    }

    /// What is not ready, a sentence each. The numbers about keys and log are those of the same moment.
    ///
    /// @param unserved what the registry does not hand out
    private static Api.Health health(Signing.Parts parts, List<String> unserved, InstantSource clock) {
        var faults = new ArrayList<String>();
        var store = parts.store().health();
        store.trouble().ifPresent(faults::add);
        parts.sequencer().fault().ifPresent(faults::add);
        faults.addAll(parts.enclaves().faults());
        long entries = store.isGood() ? parts.store().ledger().published().size() : 0;
        var keys = parts.enclaves().keys();
        var warnings = new ArrayList<>(KeyWarnings.of(keys, clock.instant()));
        parts.numbers().sample(keys, entries, new SigningNumbers.Condition(faults.isEmpty(), warnings.size()));
        warnings.addAll(unserved.subList(0, Math.min(unserved.size(), UNSERVED_TOLD_MAX)));
        return new Api.Health(faults, warnings);
    }

    /// Every call that it answers.
    public Routes routes() {
        return routes;
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /// `https://127.0.0.1:8472`.
    public String url() {
        return "%s://%s:%d"
                .formatted(
                        tls.isPresent() ? "https" : "http",
                        address().getAddress().getHostAddress(),
                        address().getPort());
    }

    /// SHA-256 of the certificate; empty without TLS.
    public Optional<String> fingerprint() {
        return tls.map(ServerTls::fingerprint);
    }

    /// Answers what has been begun, and ends. The log keeps what it has.
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // The others are to be closed nevertheless; each has made durable what it promised.
            }
        }
    }
}
