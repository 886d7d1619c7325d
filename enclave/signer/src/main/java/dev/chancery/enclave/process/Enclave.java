// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.ActiveKeys;
import dev.chancery.enclave.Engine;
import dev.chancery.enclave.Recorder;
import dev.chancery.enclave.audit.AuditJournal;
import dev.chancery.enclave.doors.Doors;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.enclave.sandbox.Report;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.json.Json;
import dev.chancery.key.Key;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.KeyPurpose;
import dev.chancery.keys.handle.Permissions;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.Health;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A whole enclave, from its configuration to its open doors.
public final class Enclave implements AutoCloseable {
    private static final byte[] TEST_CONTENT = "start-up self-test\n".getBytes(StandardCharsets.US_ASCII);

    private final AuditJournal journal;
    private final KeyStores stores;
    private final Engine engine;
    private final Doors doors;
    /// Known when the process is sealed.
    private volatile List<String> confinement = List.of();

    private Enclave(AuditJournal journal, KeyStores stores, Engine engine, Doors doors) {
        this.journal = journal;
        this.stores = stores;
        this.engine = engine;
        this.doors = doors;
    }

    /// What the outside gives: where copies of records go, the clock, and where systemd put its credentials.
    public record Surroundings(OutputStream records, Clock clock, Optional<Path> credentials) {}

    /// Does all that needs files and takes time; the sockets are there, and nobody is answered yet.
    public static Enclave prepare(EnclaveConfiguration configuration, Surroundings surroundings) {
        var wiring = Wiring.forSignatures(Wiring.MANY_SIGNATURES);
        var rules =
                SigningRules.parse(read("rules file", configuration.sources().rules()));
        var clock = surroundings.clock();
        var copy = configuration.audit().copy() ? surroundings.records() : OutputStream.nullOutputStream();
        var journal = AuditJournal.open(configuration.audit().file(), copy, clock.instant());
        var opened = new ArrayDeque<Runnable>();
        opened.push(journal::close);
        boolean kept = false;
        try {
            var sources = configuration.sources();
            var stores = KeyStores.open(sources.keys(), wiring.privateKeys(), surroundings.credentials());
            opened.push(stores::close);
            KeyProvider keys = sources.life().isPresent()
                    ? ActiveKeys.of(stores, sources.life().get())
                    : stores;
            var engine = new Engine(rules, keys, wiring.formats(), new Recorder(journal, wiring.hashes(), clock));
            // Used before the seal, as whatever has to be opened for it.
            var random = new SecureRandom();
            engine.test(testContent(engine, wiring, random));
            stores.startIsOver();
            // The doors ask how the enclave is when it is there.
            var enclave = new AtomicReference<@Nullable Enclave>();
            var house = new Doors.House(
                    engine,
                    rules,
                    wiring.formats(),
                    new StreamHashes(wiring.hashes()),
                    random,
                    () -> Objects.requireNonNull(enclave.get()).health());
            var whole = new Enclave(journal, stores, engine, Doors.make(configuration.doors(), house));
            enclave.set(whole);
            kept = true;
            return whole;
        } finally {
            if (!kept) {
                opened.forEach(Runnable::run);
            }
        }
    }

    /// Everything that any of the keys needs to know of a content.
    private static Measured testContent(Engine engine, Wiring wiring, SecureRandom random) {
        var measures = new HashSet<Measure>();
        var salt = Salt.draw(Salt.BYTES_MAX, random);
        for (Key key : engine.keys()) {
            var format = wiring.formats().get(key.format());
            var encoding = format.description().defaultEncoding();
            measures.addAll(format.signing().measures(key.publicKey().scheme(), encoding, salt));
        }
        measures.remove(Measure.tree());
        return new ContentPass(wiring.hashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(TEST_CONTENT)), measures);
    }

    /// Takes down what confines this process.
    void confined(Report report) {
        confinement = report.lines().stream()
                .filter(line -> line.state() == Report.State.IN_FORCE)
                .map(line -> line.part().toString())
                .toList();
    }

    /// What tells the enclave whom to obey: others must not be able to write it.
    static Bytes read(String subject, Path file) {
        try (var in = Files.newInputStream(file)) {
            Permissions.requireTrusted(subject, file);
            return Bytes.of(in.readNBytes(Json.DOCUMENT_BYTES_MAX + 1));
        } catch (NoSuchFileException e) {
            throw new UnavailableException("%s %s does not exist".formatted(subject, Quoted.text(file.toString())), e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "%s %s cannot be read: %s".formatted(subject, Quoted.text(file.toString()), e.getMessage()), e);
        }
    }

    /// Opens the doors and says so.
    public void open(PrintStream messages) {
        var keys = health().keys();
        for (var key : keys) {
            key.fault()
                    .ifPresent(fault -> messages.println("chancery: %s's %s key %s is not usable: %s"
                            .formatted(key.authority(), key.format(), key.key().abbreviated(), fault)));
        }
        doors.open();
        long usable = keys.stream().filter(key -> key.fault().isEmpty()).count();
        messages.println("chancery: enclave is ready; %d of %d keys can sign".formatted(usable, keys.size()));
    }

    /// Of this moment.
    public Health health() {
        var faults = engine.faults();
        var keys = engine.keys().stream()
                .filter(key -> key.purpose() == KeyPurpose.SIGN)
                .map(key -> new Health.KeyHealth(
                        key.authority(),
                        key.format(),
                        key.id(),
                        Optional.ofNullable(faults.get(key.id())).map(ChanceryException::sentence)))
                .toList();
        return new Health(keys, confinement, journal.head().toString());
    }

    @Override
    public void close() throws IOException {
        doors.close();
        stores.close();
        journal.close();
    }
}
