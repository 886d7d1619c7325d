// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Route;
import dev.chancery.server.tls.ServerTls;
import dev.chancery.server.tls.TestCertificates;
import dev.chancery.server.tls.TestCertificates.Content;
import dev.chancery.server.tls.TlsPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that show a certificate in the handshake, with curl as the client.
class ClientCertificateTest {
    private static final Route WHO = Route.of(Method.GET, "/who", "who", request -> {
        var certificates = request.peer().certificates();
        String who = certificates.isEmpty()
                ? "nobody"
                : String.valueOf(certificates.getFirst().getSerialNumber());
        return Answer.text(200, who + (request.peer().secure() ? "" : " in plain text"));
    });

    @TempDir
    Path folder;

    private String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private StockTool.Said curl(TestServer server, TestCertificates.Issued client, String version) throws Exception {
        var arguments = new ArrayList<>(List.of("--silent", "--max-time", "20", version, "--cacert"));
        arguments.add(folder.resolve("certificate.pem").toString());
        arguments.addAll(List.of("--cert", write("client.pem", client.certificatePem())));
        arguments.addAll(List.of("--key", write("client-key.pem", client.keyPem()), server.url("/who")));
        return StockTool.run("curl", arguments.toArray(String[]::new));
    }

    @Test
    void onlyThoseOfAConfiguredAuthorityComeIn() throws Exception {
        var ours = new TestCertificates("ours");
        var other = new TestCertificates("other");
        write("ca.pem", ours.authority().certificatePem());
        var plan = new TlsPlan(Optional.empty(), List.of(), Optional.of(folder.resolve("ca.pem")));
        var tls = ServerTls.open(plan, folder, InstantSource.system(), new SecureRandom());
        var good = ours.issue(Content.of(List.of("dns:ci.example.org"), TestCertificates.CLIENT));
        var old = new Content(
                List.of(), List.of(TestCertificates.CLIENT), Instant.now().minusSeconds(99), Duration.ofSeconds(9));
        try (var server = TestServer.of(tls.context(), WHO)) {
            for (String version : new String[] {"--http1.1", "--http2"}) {
                String serial = String.valueOf(good.certificate().getSerialNumber());
                assertEquals(serial, curl(server, good, version).text());
            }
            String ca = folder.resolve("certificate.pem").toString();
            assertEquals(
                    "nobody",
                    StockTool.run("curl", "--silent", "--cacert", ca, server.url("/who"))
                            .text());
            var stranger = other.issue(Content.of(List.of("dns:ci.example.org"), TestCertificates.CLIENT));
            assertRefused(curl(server, stranger, "--http1.1"));
            assertRefused(curl(server, ours.issue(old), "--http1.1"));
            assertRefused(curl(server, ours.issue(Content.of(List.of(), TestCertificates.SERVER)), "--http1.1"));
            write("ca.pem", other.authority().certificatePem());
            assertTrue(tls.reload());
            assertRefused(curl(server, good, "--http1.1"));
            assertNotEquals("nobody", curl(server, stranger, "--http1.1").text());
        }
    }

    private static void assertRefused(StockTool.Said said) {
        assertTrue(said.exit() != 0, said.toString());
        assertEquals("", said.text());
    }
}
