// SPDX-License-Identifier: Apache-2.0
package dev.chancery.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.ProviderSignatureChecks;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.Predicate;
import dev.chancery.core.Requester;
import dev.chancery.core.Signature;
import dev.chancery.enclave.Engine;
import dev.chancery.enclave.KeyBirth;
import dev.chancery.enclave.Recorder;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.json.JsonFields;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.keys.file.ProviderLibrary;
import dev.chancery.policy.Label;
import dev.chancery.policy.NamePattern;
import dev.chancery.policy.SigningRule;
import dev.chancery.policy.SigningRules;
import dev.chancery.policy.SigningScope;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.statement.Statement;
import dev.chancery.statement.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Whole requests a second on one thread in each format, with its default key: what a frame costs.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
public class FormatsBenchmark {
    private static final Requester REQUESTER = new Requester("local:benchmark");
    private static final Authority AUTHORITY = new Authority("qa");
    private static final ArtifactName NAME = new ArtifactName("core.db");

    @Param({"openpgp", "raw", "sigstore", "minisign", "signify", "sshsig", "cms", "notation", "statement", "tag"})
    public String format = "";

    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
    private Engine engine;

    @SuppressWarnings("NullAway.Init")
    private SigningRequest request;

    @Setup
    public void setUp() throws IOException {
        var name = new FormatName(format);
        var provider = AmazonCorrettoCryptoProvider.INSTANCE;
        var formats = Formats.all(new BouncyCastleHashes(), new ProviderSignatureChecks(provider));
        var description = formats.get(name).description();
        Path directory = Files.createTempDirectory("chancery-benchmark");
        var stores = new KeyBirth.Stores(
                keys(directory.resolve("keys"), provider), keys(directory.resolve("primary"), provider));
        var wish = new KeyBirth.Wish(
                name, description.defaultAlgorithm(), Optional.empty(), AUTHORITY.name(), Optional.empty());
        new KeyBirth(stores, formats, Clock.systemUTC(), new SecureRandom()).make(AUTHORITY, wish);
        engine = new Engine(rules(name), stores.signing(), formats, unrecorded());
        var content = switch (description.signs()) {
            case ARTIFACT -> new byte[1024];
            case MANIFEST -> "{\"schemaVersion\":2,\"layers\":[]}".getBytes(StandardCharsets.UTF_8);
            case STATEMENT -> statement().toArray();
            case TAG -> ("tag: " + NAME + "\njob: 42\n").getBytes(StandardCharsets.UTF_8);
        };
        request = new SigningRequest(
                new SigningRequest.Target(AUTHORITY, name, Optional.empty()),
                description.defaultEncoding(),
                NAME,
                measured(content));
    }

    private static FileKeys keys(Path directory, java.security.Provider provider) {
        return new FileKeys(
                KeyDirectory.make(directory),
                Passphrase.owning(("chancery-passphrase-1-" + "A".repeat(43)).getBytes(StandardCharsets.US_ASCII)),
                new ProviderLibrary(provider));
    }

    private static SigningRules rules(FormatName format) {
        var scope = new SigningScope(Set.of(format), List.of(new NamePattern("*")), Artifact.SIZE_BYTES_MAX);
        return new SigningRules(List.of(new SigningRule(new Label("benchmark"), List.of(REQUESTER), AUTHORITY, scope)));
    }

    private static Bytes statement() {
        var subject = new Subject(NAME.text(), new Digest(DigestAlgorithm.SHA256, new byte[32]));
        return new Statement(
                        List.of(subject),
                        Predicate.PARAMETERS,
                        new JsonFields().put("job", "42").toJson())
                .write();
    }

    private static Measured measured(byte[] content) {
        var measures = new ArrayList<Measure>(List.of(Measure.content()));
        for (var algorithm : DigestAlgorithm.values()) {
            measures.add(Measure.digest(algorithm));
        }
        measures.add(Measure.state(DigestAlgorithm.SHA512, ContentForm.BYTES));
        return new ContentPass(new BouncyCastleHashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }

    @Benchmark
    public Signature sign() {
        return engine.sign(REQUESTER, request);
    }

    /// What is measured is the engine; the disk is measured with the whole command.
    private static Recorder unrecorded() {
        return new Recorder((time, decision) -> {}, new BouncyCastleHashes(), Clock.systemUTC());
    }
}
