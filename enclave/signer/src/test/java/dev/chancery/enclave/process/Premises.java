// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.enclave.KeyBirth;
import dev.chancery.enclave.audit.AuditChain;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.protocol.EnclaveClient;
import dev.chancery.protocol.SigningRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A directory with all that an enclave needs, and the enclave that runs there, in this process.
final class Premises implements AutoCloseable {
    static final Authority QA = new Authority("qa");
    static final FormatName RAW = new FormatName("raw");
    static final FormatName OPENPGP = new FormatName("openpgp");
    static final FormatName MINISIGN = new FormatName("minisign");
    static final FormatName OPENPGP6 = new FormatName("openpgp6");
    static final String ME = "unix:" + System.getProperty("user.name");

    private static final Wiring WIRING = Wiring.ofLibraries();
    private static final String NO_LIMITS = "";

    private final Path directory;
    private final List<Key> keys;
    private final Enclave enclave;

    private Premises(Path directory, List<Key> keys, Enclave enclave) {
        this.directory = directory;
        this.keys = keys;
        this.enclave = enclave;
    }

    /// Without further limits in its one rule.
    static Premises in(Path directory) throws IOException {
        return in(directory, NO_LIMITS);
    }

    /// `limits` are fields of the rule, with a comma in front.
    static Premises in(Path directory, String limits) throws IOException {
        var keys = makeKeys(directory);
        write(directory.resolve("rules.json"), """
                {"version": 1, "rules": [{"name": "me", "authority": "qa",
                  "requesters": ["%s", "ci:job", "local:alice"],
                 "formats": ["raw", "openpgp", "minisign", "openpgp6"], "artifacts": ["*.txt", "stream"],
                 "size_bytes_max": 1000%s}]}
                """.formatted(ME, limits));
        write(directory.resolve("enclave.json"), """
                {"version": 1, "rules": "rules.json",
                 "keys": [{"provider": "file", "directory": "keys", "passphrase": "file:%s"}],
                 "audit": {"file": "audit.jsonl", "copy_to_standard_output": true},
                 "doors": [
                   {"kind": "request", "socket": "requests.sock", "vouchers": ["%s"]},
                   {"kind": "request", "socket": "own.sock"},
                   {"kind": "stream", "socket": "plain.sock", "conversation": "plain", "authority": "qa",
                    "format": "openpgp", "encoding": "binary"},
                   {"kind": "stream", "socket": "salted.sock", "conversation": "plain", "authority": "qa",
                    "format": "openpgp6", "encoding": "binary"},
                   {"kind": "stream", "socket": "relay.sock", "conversation": "relay", "authority": "qa",
                    "format": "minisign", "artifact": "nameless.txt"}]}
                """.formatted(directory.resolve("passphrase"), ME));
        return start(directory, keys);
    }

    /// Once more where it was before.
    Premises restart() throws IOException {
        close();
        return start(directory, keys);
    }

    private static Premises start(Path directory, List<Key> keys) {
        var configuration =
                EnclaveConfiguration.parse(Enclave.read("configuration", directory.resolve("enclave.json")), directory);
        var surroundings =
                new Enclave.Surroundings(OutputStream.nullOutputStream(), Clock.systemUTC(), Optional.empty());
        var enclave = Enclave.prepare(configuration, surroundings);
        enclave.open(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        return new Premises(directory, keys, enclave);
    }

    private static List<Key> makeKeys(Path directory) {
        var random = new SecureRandom();
        var made = new ArrayList<Key>();
        try (var passphrase = Passphrase.generateInto(directory.resolve("passphrase"), random)) {
            var stores = new KeyBirth.Stores(
                    store(directory.resolve("keys"), passphrase), store(directory.resolve("primary"), passphrase));
            var birth = new KeyBirth(stores, WIRING.formats(), Clock.systemUTC(), random);
            for (var format : List.of(RAW, OPENPGP, MINISIGN, OPENPGP6)) {
                var algorithm = format.equals(RAW) ? KeyAlgorithm.ECDSA_P256 : KeyAlgorithm.ED25519;
                var wish = new KeyBirth.Wish(format, algorithm, Optional.empty(), "qa", Optional.empty());
                made.add(birth.make(QA, wish).key());
            }
        }
        return made;
    }

    private static FileKeys store(Path directory, Passphrase passphrase) {
        return new FileKeys(KeyDirectory.make(directory), passphrase, WIRING.privateKeys());
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    Path socket(String name) {
        return directory.resolve(name + ".sock");
    }

    EnclaveClient client() {
        return EnclaveClient.connect(socket("requests"));
    }

    Key key(FormatName format) {
        return keys.stream()
                .filter(key -> key.format().equals(format))
                .findFirst()
                .orElseThrow();
    }

    static Formats.Format format(FormatName name) {
        return WIRING.formats().get(name);
    }

    /// All that the key of this format needs to know of a text, in a format without a salt.
    Measured measured(FormatName format, String text) {
        return measured(format, Salt.NONE, text);
    }

    /// The same for a text behind a salt.
    Measured measured(FormatName format, Salt salt, String text) {
        var description = format(format).description();
        var measures = format(format)
                .signing()
                .measures(key(format).publicKey().scheme(), description.defaultEncoding(), salt);
        return new ContentPass(WIRING.hashes())
                .measure(
                        Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))), measures);
    }

    SigningRequest request(FormatName format, String name, String text) {
        return request(new SigningRequest.Target(QA, format, Optional.empty()), name, measured(format, text));
    }

    static SigningRequest request(SigningRequest.Target target, String name, Measured content) {
        Encoding encoding = format(target.format()).description().defaultEncoding();
        return new SigningRequest(target, encoding, new ArtifactName(name), content);
    }

    /// Every line of the audit chain, which is whole.
    List<AuditLine> records() throws IOException {
        var lines = new ArrayList<AuditLine>();
        try (var input = Files.newInputStream(directory.resolve("audit.jsonl"))) {
            new AuditChain().readAll(input, lines::add);
        }
        return lines;
    }

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        enclave.close();
    }
}
