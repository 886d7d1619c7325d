// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.enclave.process.Enclave;
import dev.chancery.enclave.process.EnclaveConfiguration;
import dev.chancery.note.KeyName;
import dev.chancery.server.ConsoleJournal;
import dev.chancery.server.Server;
import dev.chancery.server.ServerConfiguration;
import dev.chancery.server.auth.ApiToken;
import dev.chancery.server.log.LogKey;
import dev.chancery.server.witness.WitnessConfiguration;
import dev.chancery.server.witness.WitnessServer;
import dev.chancery.store.Store;
import dev.chancery.store.request.Instance;
import dev.chancery.store.token.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An office with an enclave and a server before it, all in this process, and commands that know no more of
/// it than the server's address.
public final class ServedOffice implements AutoCloseable {
    private static final String STORE_WORD = "changeit";

    /// Made once: keytool takes longer than all the rest.
    private static final Map<String, byte[]> CLIENT = new HashMap<>();

    private final Path root;
    private final Enclave enclave;
    private final Server server;
    private final WitnessServer witness;

    private ServedOffice(Path root, Enclave enclave, WitnessServer witness, Server server) {
        this.root = root;
        this.enclave = enclave;
        this.witness = witness;
        this.server = server;
    }

    /// What a command said.
    public record Said(int status, String output, String errors) {
        public Said assertStatus(int expected) {
            assertEquals(expected, status, output + errors);
            return this;
        }

        public Said assertSays(String words) {
            assertEquals(true, (output + errors).contains(words), () -> "\"" + words + "\" in: " + output + errors);
            return this;
        }
    }

    public static ServedOffice in(Path root) throws IOException {
        return in(root, Clock.systemUTC());
    }

    /// Whose keys were made at another time.
    public static ServedOffice in(Path root, Clock birth) throws IOException {
        var office = Map.of("CHANCERY_HOME", root.resolve("office").toString());
        run(office, List.of("init")).assertStatus(0);
        for (String formats : List.of("release openpgp raw sigstore statement cms", "qa signify openpgp6")) {
            var words =
                    new ArrayList<>(List.of("authority", "add", "--requester", "token:ci", "--requester", "cert:ci"));
            var names = List.of(formats.split(" "));
            words.add(names.getFirst());
            names.subList(1, names.size()).forEach(format -> words.addAll(List.of("--format", format)));
            run(office, words, birth).assertStatus(0);
        }
        Files.createDirectories(root.resolve("work"));
        Files.createDirectories(root.resolve("packages"));
        Files.writeString(root.resolve("publishers.json"), """
                {"version": 1, "name": "publishers", "rules": [
                  {"artifacts": ["acme_*.zip"], "require": "acme"},
                  {"artifacts": ["web-*.zip", "tool-*.zip"], "require": "release"}]}
                """);
        Path rules = root.resolve("office/rules.json");
        Files.writeString(
                rules, Files.readString(rules).replace("\"*\"", "\"*.txt\", \"*.bin\", \"*.zip\", \"stdin\", \"dir\""));
        makeClient(root);
        LogKey.make(root.resolve("log.pem"), new SecureRandom());
        return started(root);
    }

    private static ServedOffice started(Path root) throws IOException {
        var witness = witness(root);
        Files.writeString(
                root.resolve("log.policy"),
                "log %s\nwitness one %s %s\nquorum one\n"
                        .formatted(logKey(root.resolve("log.pem")), witness.key(), witness.url()));
        return new ServedOffice(root, enclave(root), witness, server(root));
    }

    /// The same office, after its keys were changed: all its processes start anew.
    public ServedOffice restarted() throws IOException {
        close();
        return started(root);
    }

    /// The log's one witness, whose certificate is its own.
    private static WitnessServer witness(Path root) throws IOException {
        Path place = Files.createDirectories(root.resolve("witness"));
        var configuration = WitnessConfiguration.parse(bytes("""
                {"version": 1, "name": "witness.test", "http": {"port": 0}, "tls": {}, "logs": ["%s"]}
                """.formatted(logKey(root.resolve("log.pem")))), place);
        return WitnessServer.start(
                configuration, new WitnessServer.Surroundings(place, Clock.systemUTC(), new SecureRandom(), journal()));
    }

    private static ConsoleJournal journal() {
        return new ConsoleJournal(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), System.err);
    }

    private static Enclave enclave(Path root) {
        var configuration = """
                {"version": 1, "rules": "office/rules.json", "life": "office/life",
                 "keys": [{"provider": "file", "directory": "office/keys",
                    "passphrase": "file:%1$s/office/passphrase"}],
                 "audit": {"file": "audit.jsonl", "copy_to_standard_output": false},
                 "doors": [{"kind": "request", "socket": "requests.sock", "vouchers": ["unix:%2$s"]}]}
                """.formatted(root, System.getProperty("user.name"));
        var enclave = Enclave.prepare(
                EnclaveConfiguration.parse(bytes(configuration), root),
                new Enclave.Surroundings(OutputStream.nullOutputStream(), Clock.systemUTC(), Optional.empty()));
        enclave.open(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        return enclave;
    }

    private static Server server(Path root) throws IOException {
        var configuration = ServerConfiguration.parse(bytes("""
                {"version": 1, "name": "test", "http": {"port": 0}, "tls": {"client_authorities": "%s"},
                 "authentication": {"certificates": [
                   {"san": "dns:ci.example.org", "requester": "ci", "scopes": ["sign:*"]}]},
                  "store": {"sqlite": "store.db"},
                 "log": {"origin": "log.test", "url": "https://log.test", "key": "log.pem", "tiles": "log",
                   "policy": "log.policy", "witness_authorities": "witness/certificate.pem"},
                 "enclaves": ["requests.sock"], "keyring": "office/keyring",
                 "registry": {"packages": "packages",
                   "uploads": {"policy": "publishers.json", "package_bytes_max": 100000}}}
                """.formatted(root.resolve("client.pem"))), root);
        if (!Files.exists(root.resolve("token"))) {
            addToken(configuration, root);
        }
        return Server.start(
                configuration,
                new Server.Surroundings(
                        root,
                        Clock.systemUTC(),
                        new SecureRandom(),
                        Wiring.ofLibraries().hashes(),
                        journal()));
    }

    /// A client's certificate, which is its own authority, and its key.
    private static void makeClient(Path root) throws IOException {
        synchronized (CLIENT) {
            if (CLIENT.isEmpty()) {
                makeClientAnew(root);
                for (String name : List.of("client.p12", "client.pem", "client.key")) {
                    CLIENT.put(name, Files.readAllBytes(root.resolve(name)));
                }
                return;
            }
            for (var file : CLIENT.entrySet()) {
                Path copy = Files.createFile(
                        root.resolve(file.getKey()),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(copy, file.getValue());
            }
        }
    }

    private static void makeClientAnew(Path root) throws IOException {
        Path file = root.resolve("client.p12");
        try {
            int made = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "ci",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=ci",
                            "-validity",
                            "2",
                            "-ext",
                            "san=dns:ci.example.org",
                            "-ext",
                            "eku=clientAuth",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            STORE_WORD)
                    .inheritIO()
                    .start()
                    .waitFor();
            assertEquals(0, made);
            var store = KeyStore.getInstance(file.toFile(), STORE_WORD.toCharArray());
            write(
                    root.resolve("client.pem"),
                    "CERTIFICATE",
                    store.getCertificate("ci").getEncoded());
            write(
                    root.resolve("client.key"),
                    "PRIVATE" + " KEY",
                    store.getKey("ci", STORE_WORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, lines));
    }

    private static void addToken(ServerConfiguration configuration, Path root) throws IOException {
        var token = ApiToken.create(new SecureRandom());
        var now = Clock.systemUTC().instant();
        var kept = new Token(
                "ci",
                new Digest(DigestAlgorithm.SHA256, token.hash().toArray()),
                new TreeSet<>(List.of("sign:*", "attest:*", "submit", "work", "upload")),
                now,
                now.plus(Duration.ofHours(1)),
                Optional.empty());
        try (var store = Store.open(configuration.store(), new Instance("tests"), Clock.systemUTC())) {
            store.tokens().add(kept);
        }
        Files.writeString(root.resolve("token"), token.secretText() + "\n");
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    public Path root() {
        return root;
    }

    public String url() {
        return server.url();
    }

    /// Where artifacts lie.
    public Path file(String name) {
        return root.resolve("work").resolve(name);
    }

    public Path file(String name, String text) throws IOException {
        return Files.writeString(file(name), text);
    }

    public String keyring() {
        return root.resolve("office/keyring").toString();
    }

    /// The log's verifier key.
    public String logKey() {
        return logKey(root.resolve("log.pem"));
    }

    /// The log's policy, whose quorum is its witness.
    Path logPolicy() {
        return root.resolve("log.policy");
    }

    /// The same of another log that says that it is this one.
    public String otherLogKey() {
        LogKey.make(root.resolve("other.pem"), new SecureRandom());
        return logKey(root.resolve("other.pem"));
    }

    private static String logKey(Path file) {
        return LogKey.read(file, new KeyName("log.test")).key().toString();
    }

    /// What a CI has: no office, and the server's address, certificate and a token.
    public Map<String, String> environment() {
        return Map.of(
                "CHANCERY_SERVER", url(),
                "CHANCERY_SERVER_CERTIFICATE", root.resolve("certificate.pem").toString(),
                "CHANCERY_TOKEN_FILE", root.resolve("token").toString());
    }

    public Said run(String... words) {
        return run(environment(), List.of(words));
    }

    /// Has a file signed that is sent whole, as `curl` would; the signature.
    byte[] stream(Path file, String authority, String format, String onceKey) throws IOException, InterruptedException {
        var query = "authority=%s&format=%s&artifact=%s".formatted(authority, format, file.getFileName());
        var request = HttpRequest.newBuilder(URI.create(url() + "/v1/signatures?" + query))
                .header("Content-Type", "application/octet-stream")
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(root.resolve("token")).strip())
                .header("Idempotency-Key", onceKey)
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        try (var client = HttpClient.newBuilder()
                .sslContext(trusting(root.resolve("certificate.pem")))
                .build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(201, answer.statusCode(), answer::body);
            var text = Pattern.compile("\"signature\": ?\"([^\"]+)\"").matcher(answer.body());
            assertEquals(true, text.find(), answer::body);
            return Base64.getDecoder().decode(text.group(1));
        }
    }

    public static SSLContext trusting(Path certificate) throws IOException {
        try (var pem = Files.newInputStream(certificate)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            var managers = TrustManagerFactory.getInstance("PKIX");
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static Said run(Map<String, String> environment, List<String> words) {
        return run(environment, words, Clock.systemUTC());
    }

    /// At another time than now.
    public static Said run(Map<String, String> environment, List<String> words, Clock clock) {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new ByteArrayInputStream("standard input\n".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                environment,
                clock);
        int status = Main.run(terminal, words.toArray(String[]::new));
        return new Said(status, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
        witness.close();
        try {
            enclave.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
