// SPDX-License-Identifier: Apache-2.0
package dev.chancery.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.ProviderSignatureChecks;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Requester;
import dev.chancery.core.Signature;
import dev.chancery.enclave.Engine;
import dev.chancery.enclave.Recorder;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.keys.file.ProviderLibrary;
import dev.chancery.keys.file.QuickStartLibrary;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.policy.Label;
import dev.chancery.policy.NamePattern;
import dev.chancery.policy.SigningRule;
import dev.chancery.policy.SigningRules;
import dev.chancery.policy.SigningScope;
import dev.chancery.protocol.SigningRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/// Whole requests a second on one thread: rule, choice of the key, frame, signature, check before release.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class EngineBenchmark {
    private static final Requester REQUESTER = new Requester("local:benchmark");
    private static final Authority AUTHORITY = new Authority("qa");
    private static final FormatName OPENPGP = new FormatName("openpgp");

    @Param({"ed25519", "ecdsa-p256", "rsa-4096"})
    public String algorithm = "";

    /// `provider` is Amazon's Corretto Crypto Provider; `quick` is what the command line uses.
    @Param({"provider", "quick"})
    public String library = "";

    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
    private Engine engine;

    @SuppressWarnings("NullAway.Init")
    private SigningRequest request;

    @Setup
    public void setUp() throws IOException {
        var hashes = new BouncyCastleHashes();
        var provider = AmazonCorrettoCryptoProvider.INSTANCE;
        boolean sustained = library.equals("provider");
        var formats = Formats.all(hashes, sustained ? new ProviderSignatureChecks(provider) : new SignatureChecks());
        var directory = KeyDirectory.make(
                Files.createTempDirectory("chancery-benchmark").resolve("keys"));
        var keys = new FileKeys(
                directory,
                Passphrase.owning(("chancery-passphrase-1-" + "A".repeat(43)).getBytes(StandardCharsets.US_ASCII)),
                sustained ? new ProviderLibrary(provider) : new QuickStartLibrary());
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
        keys.create(
                new NewKey(
                        AUTHORITY,
                        OPENPGP,
                        KeyPurpose.SIGN,
                        KeyAlgorithm.parse(algorithm),
                        now,
                        Optional.empty(),
                        Optional.empty()),
                new SecureRandom());
        engine = new Engine(rules(), keys, formats, unrecorded());
        request = new SigningRequest(
                new SigningRequest.Target(AUTHORITY, OPENPGP, Optional.empty()),
                Encoding.BINARY,
                new ArtifactName("core.db"),
                measured(hashes));
    }

    private static SigningRules rules() {
        var scope = new SigningScope(Set.of(OPENPGP), List.of(new NamePattern("*")), Artifact.SIZE_BYTES_MAX);
        return new SigningRules(List.of(new SigningRule(new Label("benchmark"), List.of(REQUESTER), AUTHORITY, scope)));
    }

    private static Measured measured(BouncyCastleHashes hashes) {
        var content = Channels.newChannel(new ByteArrayInputStream(new byte[1024]));
        return new ContentPass(hashes)
                .measure(content, Set.of(Measure.state(DigestAlgorithm.SHA512, ContentForm.BYTES)));
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
