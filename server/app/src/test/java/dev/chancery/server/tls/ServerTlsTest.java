// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.server.listener.StockTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTlsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

    @TempDir
    Path folder;

    private ServerTls open(TlsPlan plan) {
        return ServerTls.open(plan, folder, CLOCK, new SecureRandom());
    }

    private TlsPlan files() {
        var files = new TlsPlan.Files(folder.resolve("chain.pem"), folder.resolve("own.pem"));
        return new TlsPlan(Optional.of(files), List.of(), Optional.empty());
    }

    private void write(TestCertificates.Issued issued) throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve("chain.pem"), issued.certificatePem());
        Files.writeString(folder.resolve("own.pem"), issued.keyPem());
        mode("own.pem", "rw-r-----");
    }

    private void mode(String file, String mode) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString(mode));
    }

    @Test
    void aCertificateIsMadeOnceAndStays() throws Exception {
        var plan = new TlsPlan(
                Optional.empty(), List.of("sign.example.org", "192.0.2.7", "2001:db8::1"), Optional.empty());
        String fingerprint = open(plan).fingerprint();
        assertEquals(95, fingerprint.length());
        assertEquals(fingerprint, open(plan).fingerprint());
        assertEquals("rw-------", mode(folder.resolve("key.pem")));
        assertEquals(Instant.parse("2036-11-19T12:00:00Z"), open(plan).expires());
        var certificate = ServerCertificate.certificates(folder.resolve("certificate.pem"))
                .getFirst();
        certificate.verify(certificate.getPublicKey());
        assertEquals(
                "[[2, sign.example.org], [7, 192.0.2.7], [7, 2001:db8:0:0:0:0:0:1], [2, localhost], [7, 127.0.0.1], "
                        + "[7, 0:0:0:0:0:0:0:1]]",
                String.valueOf(certificate.getSubjectAlternativeNames()));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void opensslReadsWhatWasMade() throws Exception {
        String fingerprint = open(TlsPlan.OWN).fingerprint();
        String file = folder.resolve("certificate.pem").toString();
        var shown = StockTool.run("openssl", "x509", "-in", file, "-noout", "-fingerprint", "-sha256", "-text");
        assertTrue(shown.text().contains(fingerprint), shown.text());
        assertTrue(shown.text().contains("TLS Web Server Authentication"), shown.text());
        assertTrue(
                StockTool.run("openssl", "verify", "-CAfile", file, file).text().endsWith("OK\n"));
        var key = StockTool.run(
                "openssl", "pkey", "-in", folder.resolve("key.pem").toString(), "-check", "-noout");
        assertEquals(0, key.exit(), key.text());
    }

    @Test
    void aNewCertificateIsTakenWithoutARestart() throws Exception {
        var authority = new TestCertificates("authority");
        var content = TestCertificates.Content.of(List.of("ip:"), TestCertificates.SERVER);
        write(authority.issue(content));
        var tls = open(files());
        String first = tls.fingerprint();
        assertFalse(tls.reload());
        write(authority.issue(content));
        assertEquals(first, tls.fingerprint());
        assertTrue(tls.reload());
        assertNotEquals(first, tls.fingerprint());
        Files.writeString(folder.resolve("chain.pem"), authority.issue(content).certificatePem());
        String second = tls.fingerprint();
        assertThrows(MalformedException.class, tls::reload);
        Files.delete(folder.resolve("chain.pem"));
        assertThrows(UnavailableException.class, tls::reload);
        assertEquals(second, tls.fingerprint());
    }

    @Test
    void keysOfTheUsualKindsAreRead() throws Exception {
        for (String kind : new String[] {"rsa:2048", "ed25519", "ec"}) {
            var made = StockTool.run(
                    "openssl",
                    "req",
                    "-x509",
                    "-nodes",
                    "-subj",
                    "/CN=x",
                    "-days",
                    "2",
                    "-newkey",
                    kind,
                    kind.equals("ec") ? "-pkeyopt" : "-sha256",
                    kind.equals("ec") ? "ec_paramgen_curve:P-384" : "-batch",
                    "-keyout",
                    folder.resolve("own.pem").toString(),
                    "-out",
                    folder.resolve("chain.pem").toString());
            assertEquals(0, made.exit(), made.text());
            assertEquals(95, open(files()).fingerprint().length(), kind);
        }
    }

    @Test
    void whatIsWrongWithTheFilesIsSaid() throws Exception {
        write(new TestCertificates("a").authority());
        mode("own.pem", "rw-r--r--");
        assertEquals(
                "key-file-mode",
                assertThrows(RefusedException.class, () -> open(files())).rule());
        mode("own.pem", "rw-------");
        open(files());
        for (String wrong : new String[] {
            "",
            "x",
            TestCertificates.Issued.pem("PRIVATE KEY", "AAAA"),
            TestCertificates.Issued.pem("ENCRYPTED PRIVATE KEY", "AAAA"),
            " ".repeat(20_000)
        }) {
            Files.writeString(folder.resolve("own.pem"), wrong);
            var fault = assertThrows(MalformedException.class, () -> open(files()));
            assertTrue(fault.sentence().contains("own.pem"), fault.sentence());
        }
        Files.delete(folder.resolve("own.pem"));
        assertThrows(UnavailableException.class, () -> open(files()));
    }

    private static TlsPlan plan(String json) {
        return Json.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), "tls")
                .object(TlsPlan::read);
    }

    @Test
    void aPlanIsReadStrictly() {
        assertEquals(TlsPlan.OWN, plan("{}"));
        assertEquals(
                List.of("a.example.org", "::1"),
                plan("{\"names\":[\"a.example.org\",\"::1\"]}").names());
        var files = plan("{\"certificate\":\"/a\",\"key\":\"/b\",\"client_authorities\":\"/c\"}");
        assertEquals(Optional.of(Path.of("/c")), files.clientAuthorities());
        assertEquals(Path.of("/b"), files.files().orElseThrow().key());
        String relative = "{\"certificate\":\"tls/a.pem\",\"key\":\"/b\"}";
        var resolved = Json.parse(Bytes.of(relative.getBytes(StandardCharsets.UTF_8)), "tls")
                .object(object -> TlsPlan.read(object, Path.of("/srv")));
        assertEquals(Path.of("/srv/tls/a.pem"), resolved.files().orElseThrow().chain());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"certificate\":\"/a\"}",
                "{\"key\":\"/a\"}",
                "{\"certificate\":\"a\",\"key\":\"/b\"}",
                "{\"certificate\":\"/a\",\"key\":\"/b\",\"names\":[\"x\"]}",
                "{\"names\":[\"A.example.org\"]}",
                "{\"names\":[\"*.example.org\"]}",
                "{\"names\":[\"a..b\"]}",
                "{\"names\":[\"-a\"]}",
                "{\"name\":\"a\"}"
            })
    void whatIsNoPlanIsMalformed(String json) {
        assertThrows(MalformedException.class, () -> plan(json));
    }

    @Test
    void namesHaveALimit() {
        String most = "\"a\",".repeat(TlsPlan.NAMES_MAX - 1) + "\"a\"";
        assertEquals(
                TlsPlan.NAMES_MAX, plan("{\"names\":[" + most + "]}").names().size());
        assertThrows(ChanceryException.class, () -> plan("{\"names\":[" + most + ",\"a\"]}"));
    }
}
