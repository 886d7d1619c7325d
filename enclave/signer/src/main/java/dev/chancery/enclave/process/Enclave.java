// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.Engine;
import dev.chancery.enclave.Recorder;
import dev.chancery.enclave.audit.AuditJournal;
import dev.chancery.enclave.doors.Doors;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.enclave.sandbox.Report;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyPurpose;
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
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A whole enclave, from its configuration to its open doors.
public final class Enclave implements AutoCloseable {
    private static final byte[] TEST_CONTENT = "start-up self-test\n".getBytes(StandardCharsets.US_ASCII);

    private final AuditJournal journal;
    private final Doors doors;
    /// What the keys said at the start; what confines the process is known when it is sealed.
    private volatile Health start;

    private Enclave(AuditJournal journal, Doors doors, Health start) {
        this.journal = journal;
        this.doors = doors;
        this.start = start;
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
        boolean kept = false;
        try (var stores =
                KeyStores.open(configuration.sources().keys(), wiring.privateKeys(), surroundings.credentials())) {
            var recorder = new Recorder(journal, wiring.hashes(), clock);
            var engine = new Engine(rules, stores, wiring.formats(), recorder);
            var faults = engine.test(testContent(engine, wiring));
            var streams = new StreamHashes(wiring.hashes());
            var start = new Health(health(engine.keys(), faults), List.of(), "");
            // The doors ask how the enclave is when it is there.
            var enclave = new AtomicReference<@Nullable Enclave>();
            var house = new Doors.House(engine, rules, wiring.formats(), streams, () -> {
                var whole = enclave.get();
                return whole == null ? start : whole.health();
            });
            var whole = new Enclave(journal, Doors.make(configuration.doors(), house), start);
            enclave.set(whole);
            kept = true;
            return whole;
        } finally {
            if (!kept) {
                journal.close();
            }
        }
    }

    /// Everything that any of the keys needs to know of a content.
    private static Measured testContent(Engine engine, Wiring wiring) {
        var measures = new HashSet<Measure>();
        for (Key key : engine.keys()) {
            var format = wiring.formats().get(key.format());
            var encoding = format.description().defaultEncoding();
            measures.addAll(format.signing().measures(key.publicKey().scheme(), encoding));
        }
        measures.remove(Measure.tree());
        return new ContentPass(wiring.hashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(TEST_CONTENT)), measures);
    }

    private static List<Health.KeyHealth> health(List<Key> keys, Map<KeyId, ChanceryException> faults) {
        return keys.stream()
                .filter(key -> key.purpose() == KeyPurpose.SIGN)
                .map(key -> new Health.KeyHealth(
                        key.authority(),
                        key.format(),
                        key.id(),
                        Optional.ofNullable(faults.get(key.id())).map(ChanceryException::sentence)))
                .toList();
    }

    /// Takes down what confines this process.
    void confined(Report report) {
        var inForce = report.lines().stream()
                .filter(line -> line.state() == Report.State.IN_FORCE)
                .map(line -> line.part().toString())
                .toList();
        start = new Health(start.keys(), inForce, "");
    }

    static Bytes read(String subject, Path file) {
        try (var in = Files.newInputStream(file)) {
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
        var keys = start.keys();
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
        return new Health(start.keys(), start.confinement(), journal.head().toString());
    }

    @Override
    public void close() throws IOException {
        doors.close();
        journal.close();
    }
}
