// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerOptionsTest {
    private static Terminal terminal(Map<String, String> environment) {
        var nobody = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Terminal(new ByteArrayInputStream(new byte[0]), nobody, nobody, environment, Clock.systemUTC());
    }

    @Test
    void credentialsTravelOverTlsOrWithinThisMachine() {
        for (String right : List.of(
                "https://a.example",
                "https://a.example:8472/",
                "http://localhost:1",
                "http://127.1.2.3",
                "http://[::1]:9")) {
            assertTrue(ServerAddress.parse(right).at("/v1/x").toString().endsWith("/v1/x"), right);
        }
        for (String wrong : List.of(
                "a.example",
                "http://a.example",
                "http://localhost.a.example",
                "http://127.0.0.1.a.example",
                "http://10.0.0.1",
                "ftp://localhost",
                "https://me:secret@a.example",
                "https://a.example/path",
                "https://a.example/?q",
                "https://a.example/#f",
                "https://",
                "https://a b")) {
            assertThrows(UsageException.class, () -> ServerAddress.parse(wrong), wrong);
        }
    }

    @Test
    void aTokenComesFromAFileOrTheEnvironmentAndIsNeverShown(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "chy_from.file-~+/==\n");
        var none = terminal(Map.of());
        assertEquals(Optional.empty(), Credential.of(Optional.empty(), none));
        var named = Credential.of(
                        Optional.empty(),
                        terminal(Map.of("CHANCERY_TOKEN_FILE", file.toString(), "CHANCERY_TOKEN", "")))
                .orElseThrow();
        assertEquals("Bearer chy_from.file-~+/==", named.exposedHeader());
        assertFalse(named.toString().contains("chy_"), named.toString());
        var both = terminal(Map.of("CHANCERY_TOKEN_FILE", "x", "CHANCERY_TOKEN", "y"));
        assertThrows(UsageException.class, () -> Credential.of(Optional.empty(), both));
        assertEquals(
                named.exposedHeader(),
                Credential.of(Optional.of(file), both).orElseThrow().exposedHeader());
        for (String wrong : List.of("two words", "line\nfeed", "", "x".repeat(Credential.BYTES_MAX + 1))) {
            var given = terminal(Map.of("CHANCERY_TOKEN", wrong + (wrong.isEmpty() ? " " : "")));
            var error = assertThrows(MalformedException.class, () -> Credential.of(Optional.empty(), given));
            assertFalse(error.sentence().contains("words"), error.sentence());
        }
        var longest = terminal(Map.of("CHANCERY_TOKEN", "x".repeat(Credential.BYTES_MAX)));
        assertTrue(Credential.of(Optional.empty(), longest).isPresent());
    }

    @Test
    void aKeyThatEverybodyCanReadIsNoSecret(@TempDir Path directory) throws IOException {
        Path certificate = Files.writeString(directory.resolve("certificate"), "nothing");
        Path key = Files.writeString(directory.resolve("key"), "nothing");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        var other = new TlsFiles(Optional.of(certificate), Optional.empty());
        assertTrue(assertThrows(MalformedException.class, other::context)
                .sentence()
                .contains("certificates in PEM"));
        Files.writeString(certificate, "");
        assertThrows(MalformedException.class, other::context);
        assertThrows(RefusedException.class, () -> TlsFiles.privateKey(key));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThrows(MalformedException.class, () -> TlsFiles.privateKey(key));
    }
}
