// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures with the tokens of `openssl ts -reply`, before `openssl ts -verify`, `openssl cms -verify` and
/// `chancery verify`.
class TimestampIT {
    private static final String SERVICE = "CHANCERY_TIMESTAMP_SERVICE";
    private static final String CERTIFICATE = "CHANCERY_TIMESTAMP_CERTIFICATE";

    @TempDir
    private static Path root;

    private static TimestampServer server;
    private static StockTool openssl;

    private final Map<String, String> environment = new HashMap<>();
    private Path work = root;
    private Path file = root;

    @BeforeAll
    static void start() {
        openssl = StockTool.require("openssl");
        server = TimestampServer.in(root.resolve("service"));
        var office = new TimestampIT();
        office.run("init").assertStatus(0);
        office.run("authority", "add", "qa", "--format", "cms", "--format", "raw")
                .assertStatus(0);
        office.run("authority", "add", "release", "--format", "cms", "--algorithm", "rsa-3072")
                .assertStatus(0);
        office.run("keyring", "export", path("untrusting")).assertStatus(0);
        office.run("keyring", "export", path("keys"), "--for", "openssl").assertStatus(0);
        office.run("keyring", "export", path("trusting")).assertStatus(0);
        office.run(
                        "keyring",
                        "import",
                        server.certificate().toString(),
                        "--as-timestamp-service",
                        "--keyring",
                        path("trusting"))
                .assertStatus(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void artifact() throws IOException {
        work = Files.createTempDirectory(root, "work");
        file = Files.writeString(work.resolve("app.jar"), "hello\n");
    }

    @AfterEach
    void repair() {
        server.fault(TimestampServer.Fault.NONE);
    }

    private static String path(String name) {
        return root.resolve(name).toString();
    }

    private record Answer(int status, String said) {
        Answer assertStatus(int expected) {
            assertEquals(expected, status, said);
            return this;
        }

        Answer assertSays(String words) {
            assertTrue(said.contains(words), said);
            return this;
        }
    }

    private Answer run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        var all = new HashMap<>(Map.of("HOME", root.toString(), "CHANCERY_HOME", path("office")));
        all.putAll(environment);
        var terminal = new Terminal(new ByteArrayInputStream(new byte[0]), stream, stream, all, Clock.systemUTC());
        int status = Main.run(terminal, arguments);
        return new Answer(status, said.toString(StandardCharsets.UTF_8));
    }

    private Answer sign(String... more) {
        var arguments = new ArrayList<>(List.of("sign", file.toString(), "--format", "cms"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Answer stamp(String... more) {
        var arguments = new ArrayList<>(List.of(
                "--timestamp-service",
                server.url(),
                "--timestamp-certificate",
                server.certificate().toString()));
        arguments.addAll(List.of(more));
        return sign(arguments.toArray(String[]::new));
    }

    private Answer verify(String keyring, String... more) {
        var arguments = new ArrayList<>(List.of("verify", file.toString(), "--keyring", path(keyring)));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private String openssl(String line) throws IOException, InterruptedException {
        return openssl.run(work, line.split(" "));
    }

    private void assertNothingWritten() throws IOException {
        try (var files = Files.list(work)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void theTimeIsProvenToWhoeverTrustsTheService() {
        stamp("--as", "qa").assertStatus(0);
        verify("trusting", "--require", "qa")
                .assertStatus(0)
                .assertSays(", time proven: 20")
                .assertSays("Z by \"CN=Test-service\"");
        verify("trusting", "--require", "qa", "--json")
                .assertStatus(0)
                .assertSays("\"proven\": true")
                .assertSays("\"service\": \"CN=Test-service\"");
        verify("untrusting", "--require", "qa")
                .assertStatus(0)
                .assertSays(", its timestamp proves nothing: the keyring trusts no timestamp service");
        verify("untrusting", "--require", "qa", "--json").assertSays("\"proven\": false");
    }

    /// The same commands as in docs/verify-without-chancery.md, piece by piece.
    @Test
    void opensslAcceptsSignatureAndToken() throws IOException, InterruptedException {
        stamp("--as", "qa").assertStatus(0);
        openssl("cms -verify -binary -inform DER -in app.jar.p7s -content app.jar -CAfile " + path("keys/qa.cms.pem")
                + " -partial_chain -purpose any -out /dev/null");
        String listing = openssl("asn1parse -inform DER -in app.jar.p7s");
        var lines = listing.lines().toList();
        int type = lines.indexOf(lines.stream()
                .filter(line -> line.endsWith(":id-smime-aa-timeStampToken"))
                .findFirst()
                .orElseThrow());
        var value = lines.subList(0, type).stream()
                .filter(line -> line.contains("OCTET STRING"))
                .toList()
                .getLast();
        openssl("asn1parse -noout -inform DER -in app.jar.p7s -out value -strparse " + offset(value));
        openssl("asn1parse -noout -inform DER -in app.jar.p7s -out token -strparse " + offset(lines.get(type + 2)));
        String verify = "ts -verify -token_in -in token -CAfile " + server.certificate() + " -data ";
        assertTrue(openssl(verify + "value").contains("Verification: OK"));
        Files.writeString(work.resolve("other"), "another value");
        assertThrows(AssertionError.class, () -> openssl(verify + "other"));
    }

    private static String offset(String line) {
        return line.substring(0, line.indexOf(':')).strip();
    }

    @Test
    void theEnvironmentAsksAsWell() {
        environment.put(SERVICE, server.url());
        environment.put(CERTIFICATE, server.ownCertificate().toString());
        run("sign", file.toString(), "--as", "qa").assertStatus(0);
        verify("trusting", "--require", "qa")
                .assertSays("(cms)")
                .assertSays("time proven")
                .assertSays("(raw)");
        environment.put(SERVICE, "not an address");
        run("sign", file.toString(), "--as", "qa", "--format", "raw", "--force").assertStatus(0);
        sign("--as", "qa", "--force").assertStatus(2);
    }

    /// Only the new signer gets one; the one that was there stays as it is.
    @Test
    void aJoinedSignerHasItsOwn() {
        sign("--as", "qa", "--join").assertStatus(0);
        stamp("--as", "release", "--join").assertStatus(0);
        var answer =
                verify("trusting", "--require", "qa", "--require", "release").assertStatus(0);
        assertEquals(
                1,
                answer.said()
                        .lines()
                        .filter(line -> line.contains("time proven"))
                        .count(),
                answer.said());
        answer.said()
                .lines()
                .filter(line -> line.contains("time proven"))
                .forEach(line -> assertTrue(line.contains("by release"), line));
        stamp("--as", "qa", "--join", "--force").assertStatus(0);
        var both = verify("trusting", "--require", "qa", "--require", "release").assertStatus(0);
        assertEquals(
                2,
                both.said().lines().filter(line -> line.contains("time proven")).count(),
                both.said());
    }

    @Test
    void anotherServiceIsNotBelieved() throws IOException {
        try (var other = TimestampServer.in(root.resolve("other-service"))) {
            sign(
                            "--as",
                            "qa",
                            "--timestamp-service",
                            server.url(),
                            "--timestamp-certificate",
                            other.certificate().toString())
                    .assertStatus(4)
                    .assertSays("is not trusted");
            assertNothingWritten();
            sign(
                            "--as",
                            "qa",
                            "--timestamp-service",
                            other.url(),
                            "--timestamp-certificate",
                            other.certificate().toString())
                    .assertStatus(0);
            verify("trusting", "--require", "qa")
                    .assertStatus(0)
                    .assertSays("its timestamp proves nothing: ")
                    .assertSays("is not trusted");
        }
    }

    @Test
    void aWrongAnswerLeavesNoSignature() throws IOException {
        server.fault(TimestampServer.Fault.NO_NONCE);
        stamp("--as", "qa").assertStatus(4).assertSays("does not have the nonce");
        server.fault(TimestampServer.Fault.REFUSING);
        stamp("--as", "qa").assertStatus(4).assertSays("status 2 (rejection)").assertSays("badAlg");
        server.fault(TimestampServer.Fault.HTML);
        stamp("--as", "qa").assertStatus(5).assertSays("answers with what is not right");
        var closed = TimestampServer.in(root.resolve("closed"));
        closed.close();
        sign(
                        "--as",
                        "qa",
                        "--timestamp-service",
                        closed.url(),
                        "--timestamp-certificate",
                        closed.certificate().toString())
                .assertStatus(5)
                .assertSays("no connection");
        assertNothingWritten();
    }

    @Test
    void optionsThatDoNotFitAreUsageErrors() throws IOException {
        for (String url :
                List.of("ftp://127.0.0.1/", "http://user:word@127.0.0.1/", "http:///tsr", "tsr", "http://a b/")) {
            sign("--as", "qa", "--timestamp-service", url)
                    .assertStatus(2)
                    .assertSays("is not an http or https address");
        }
        sign("--as", "qa", "--timestamp-certificate", server.certificate().toString())
                .assertStatus(2)
                .assertSays("name it with --timestamp-service");
        sign("--as", "qa", "--timestamp-service", server.url())
                .assertStatus(2)
                .assertSays("whose timestamps to believe");
        run(
                        "sign",
                        file.toString(),
                        "--as",
                        "qa",
                        "--format",
                        "raw",
                        "--timestamp-service",
                        server.url(),
                        "--timestamp-certificate",
                        server.certificate().toString())
                .assertStatus(2)
                .assertSays("timestamps are for cms signatures");
        assertNothingWritten();
        assertFalse(Files.exists(root.resolve("office/keyring/timestamp_services.pem")));
    }

    @Test
    void theKeyringTakesServicesAndGivesThemOut() throws IOException {
        String certificate = server.certificate().toString();
        run("keyring", "import", certificate, "--as-timestamp-service", "--as", "qa")
                .assertStatus(2)
                .assertSays("no authority");
        run("keyring", "import", root.resolve("keys/qa.cms.pem").toString(), "--as-timestamp-service")
                .assertStatus(3)
                .assertSays("neither for timestamps alone nor of a certificate authority");
        environment.put("CHANCERY_HOME", path("second-office"));
        run("init").assertStatus(0);
        run("authority", "add", "qa", "--format", "cms").assertStatus(0);
        run("keyring", "import", certificate, "--as-timestamp-service").assertStatus(0);
        run("keyring", "import", certificate, "--as-timestamp-service")
                .assertStatus(3)
                .assertSays("--force");
        run("keyring", "import", certificate, "--as-timestamp-service", "--force", "--json")
                .assertStatus(0)
                .assertSays("timestamp_services.pem\"");
        sign("--as", "qa", "--timestamp-service", server.url()).assertStatus(0);
        run("verify", file.toString(), "--require", "qa").assertStatus(0).assertSays("time proven");
        run("keyring", "export", path("ours")).assertStatus(0);
        verify("ours", "--require", "qa").assertStatus(0).assertSays("time proven");
        run("keyring", "export", path("for-openssl"), "--for", "openssl").assertStatus(0);
        assertEquals(
                Files.readString(server.certificate()),
                Files.readString(root.resolve("for-openssl/timestamp_services.pem")));
    }
}
