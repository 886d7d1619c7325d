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
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A whole enclave, from its configuration to its open doors.
public final class Enclave implements AutoCloseable {
    private static final byte[] TEST_CONTENT = "start-up self-test\n".getBytes(StandardCharsets.US_ASCII);

    private final AuditJournal journal;
    private final Doors doors;
    private final Health health;

    private Enclave(AuditJournal journal, Doors doors, Health health) {
        this.journal = journal;
        this.doors = doors;
        this.health = health;
    }

    /// What the outside gives: where copies of records go, the clock, and where systemd put its credentials.
    public record Surroundings(OutputStream records, Clock clock, Optional<Path> credentials) {}

    /// Does all that needs files and takes time; the sockets are there, and nobody is answered yet.
    public static Enclave prepare(EnclaveConfiguration configuration, Surroundings surroundings) {
        var wiring = Wiring.forSignatures(Wiring.MANY_SIGNATURES);
        var rules = SigningRules.parse(read("rules file", configuration.rules()));
        var clock = surroundings.clock();
        var copy = configuration.audit().copy() ? surroundings.records() : OutputStream.nullOutputStream();
        var journal = AuditJournal.open(configuration.audit().file(), copy, clock.instant());
        boolean kept = false;
        try (var stores = KeyStores.open(configuration.keys(), wiring.privateKeys(), surroundings.credentials())) {
            var recorder = new Recorder(journal, wiring.hashes(), clock);
            var engine = new Engine(rules, stores, wiring.formats(), recorder);
            var faults = engine.test(testContent(engine, wiring));
            var health = health(engine.keys(), faults);
            var house =
                    new Doors.House(engine, rules, wiring.formats(), wiring.hashes(), () -> current(health, journal));
            var enclave = new Enclave(journal, Doors.make(configuration.doors(), house), health);
            kept = true;
            return enclave;
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

    private static Health health(List<Key> keys, Map<KeyId, ChanceryException> faults) {
        return new Health(
                keys.stream()
                        .filter(key -> key.purpose() == KeyPurpose.SIGN)
                        .map(key -> new Health.KeyHealth(
                                key.authority(),
                                key.format(),
                                key.id(),
                                Optional.ofNullable(faults.get(key.id())).map(ChanceryException::sentence)))
                        .toList(),
                List.of(),
                "");
    }

    private static Health current(Health start, AuditJournal journal) {
        return new Health(start.keys(), start.confinement(), journal.head().toString());
    }

    static Bytes read(String subject, Path file) {
        try (var in = Files.newInputStream(file)) {
            return Bytes.of(in.readNBytes(Json.DOCUMENT_BYTES_MAX + 1));
        } catch (IOException e) {
            throw new UnavailableException(
                    "%s %s cannot be read: %s".formatted(subject, Quoted.text(file.toString()), e.getMessage()), e);
        }
    }

    /// Opens the doors and says so.
    public void open(PrintStream messages) {
        health.keys()
                .forEach(key -> key.fault()
                        .ifPresent(fault -> messages.println("chancery: %s's %s key %s is not usable: %s"
                                .formatted(
                                        key.authority(), key.format(), key.key().abbreviated(), fault))));
        doors.open();
        long usable =
                health.keys().stream().filter(key -> key.fault().isEmpty()).count();
        messages.println("chancery: enclave is ready; %d of %d keys can sign"
                .formatted(usable, health.keys().size()));
    }

    public Health health() {
        return current(health, journal);
    }

    @Override
    public void close() throws IOException {
        doors.close();
        journal.close();
    }
}
