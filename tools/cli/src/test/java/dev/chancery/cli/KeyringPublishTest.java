// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates go to a key server that speaks HKP, and to one that speaks VKS over TLS; both are of the JDK's
/// HTTP server.
class KeyringPublishTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private static Path root;

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void makeOffice() {
        run("init").assertStatus(0);
        run("authority", "add", "qa", "--format", "openpgp", "--user-id", "QA <qa@example.org>")
                .assertStatus(0);
        run("authority", "add", "build", "--format", "openpgp", "--format", "raw")
                .assertStatus(0);
    }

    private static ServedOffice.Said run(String... words) {
        return ServedOffice.run(Map.of("CHANCERY_HOME", root.resolve("office").toString()), List.of(words));
    }

    private static String certificate(String authority) throws IOException {
        return Files.readString(root.resolve("office/keyring/" + authority + ".openpgp.asc"));
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        received.add(exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void everyCertificateGoesToAnHkpServerAsAForm() throws IOException {
        var server = HttpServer.create(ANY, 0);
        server.createContext("/", exchange -> answer(exchange, 200, ""));
        server.start();
        try {
            String to = "hkp://127.0.0.1:" + server.getAddress().getPort();
            run("keyring", "publish", "--to", to)
                    .assertStatus(0)
                    .assertSays("qa ")
                    .assertSays("build ");
        } finally {
            server.stop(0);
        }
        assertEquals(
                java.util.stream.Stream.of(certificate("build"), certificate("qa"))
                        .map(file -> "/pks/add keytext=" + file)
                        .sorted()
                        .toList(),
                received.stream()
                        .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
                        .sorted()
                        .toList());
    }

    @Test
    void aServerThatRefusesIsSaidAndOneThatFailsMayBeTriedAgain() throws IOException {
        for (int status : new int[] {403, 500}) {
            var server = HttpServer.create(ANY, 0);
            server.createContext("/", exchange -> answer(exchange, status, "not here"));
            server.start();
            try {
                String to = "hkp://127.0.0.1:" + server.getAddress().getPort();
                run("keyring", "publish", "--to", to, "--authority", "qa")
                        .assertStatus(status == 403 ? 4 : 5)
                        .assertSays("HTTP status %d: \"not here\"".formatted(status));
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void aVksServerSaysWhichAddressesItHandsOutAndIsToldToAskTheOthers() throws Exception {
        var server = HttpsServer.create(ANY, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        String answer = "{\"key_fpr\":\"X\",\"status\":{\"qa@example.org\":\"%s\"},\"token\":\"t0ken\"}";
        server.createContext("/vks/v1/upload", exchange -> answer(exchange, 200, answer.formatted("unpublished")));
        server.createContext("/vks/v1/request-verify", exchange -> answer(exchange, 200, answer.formatted("pending")));
        server.start();
        String to = "vks://localhost:" + server.getAddress().getPort();
        String pem = root.resolve("server.pem").toString();
        try {
            run("keyring", "publish", "--to", to, "--authority", "qa", "--server-certificate", pem)
                    .assertStatus(0)
                    .assertSays("\"qa@example.org\" \"unpublished\"");
            run(
                            "keyring",
                            "publish",
                            "--to",
                            to,
                            "--authority",
                            "qa",
                            "--server-certificate",
                            pem,
                            "--verify-addresses")
                    .assertStatus(0)
                    .assertSays("\"qa@example.org\" \"pending\"");
            run("keyring", "publish", "--to", to, "--authority", "qa").assertStatus(5); // nobody vouches for it
        } finally {
            server.stop(0);
        }
        assertEquals(3, received.size());
        assertTrue(received.get(0).startsWith("/vks/v1/upload {\"keytext\":\"-----BEGIN PGP PUBLIC KEY BLOCK-----"));
        assertEquals(
                "/vks/v1/request-verify {\"token\":\"t0ken\",\"addresses\":[\"qa@example.org\"]}", received.get(2));
    }

    @Test
    void whatIsNoKeyServerOrNoAuthorityIsMalformed() {
        for (String to :
                List.of("https://keys.example.org", "hkps://", "hkps://a@keys.example.org", "vks://x/y", "keys")) {
            run("keyring", "publish", "--to", to).assertStatus(3);
        }
        run("keyring", "publish", "--to", "hkp://127.0.0.1:1", "--authority", "nobody")
                .assertStatus(3);
    }

    private static SSLContext context() throws IOException, GeneralSecurityException, InterruptedException {
        Path file = root.resolve("server.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, made);
        var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate("server").getEncoded());
        Files.writeString(
                root.resolve("server.pem"),
                "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(lines));
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
