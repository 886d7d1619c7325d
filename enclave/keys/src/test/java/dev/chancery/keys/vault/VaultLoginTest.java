// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import static dev.chancery.keys.vault.VaultKeysTest.assertRefused;
import static dev.chancery.keys.vault.VaultKeysTest.assertSays;
import static dev.chancery.keys.vault.VaultKeysTest.assertSigns;
import static dev.chancery.keys.vault.VaultKeysTest.make;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a real Vault is told who asks, and what happens when it does not believe it.
class VaultLoginTest {
    private static @Nullable VaultServer running;

    @TempDir
    private Path parent = Path.of("");

    private Path directory = Path.of("");

    @BeforeAll
    static void start(@TempDir Path folder) {
        running = VaultServer.startedIn(folder);
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    @BeforeEach
    void makeDirectory() {
        directory = SampleKeys.privateDirectory(parent, "keys");
    }

    private static VaultServer server() {
        return Objects.requireNonNull(running);
    }

    @Test
    void aTokenThatWasRevokedIsReadAgainFromItsFile() throws IOException {
        String first = server().newToken("1h");
        Path file = VaultServer.secretFile(parent.resolve("token"), first);
        var keys = VaultServer.keys(
                directory,
                VaultServer.place(server().socket()),
                () -> new VaultLogin.OfToken(new SecretSource.OfFile(file)));
        assertEquals(List.of(file), keys.filesReadAgain());
        keys.logIn();
        var key = make(keys, KeyAlgorithm.ED25519);
        server().revoke(first);
        String sentence = assertRefused("vault-login", () -> assertSigns(key));
        assertFalse(sentence.contains(first), sentence);
        VaultServer.secretFile(file, server().newToken("1h"));
        assertSigns(key);
    }

    /// Five wrong secret IDs would lock the role for a quarter of an hour.
    @Test
    void aWrongSecretIdIsSentOnceAndTheRightOneAtOnce() throws IOException {
        var role =
                new JsonFields().putTexts("token_policies", List.of("chancery")).put("token_ttl", "1h");
        server().ask("POST", "auth/approle/role/office", role);
        String roleId = VaultServer.text(
                server().ask("GET", "auth/approle/role/office/role-id", new JsonFields()), "data", "role_id");
        String secretId = VaultServer.text(
                server().ask("POST", "auth/approle/role/office/secret-id", new JsonFields()), "data", "secret_id");
        Path file = VaultServer.secretFile(parent.resolve("secret-id"), "wrong");
        var keys = VaultServer.keys(
                directory,
                VaultServer.place(server().socket()),
                () -> new VaultLogin.OfAppRole("approle", roleId, new SecretSource.OfFile(file)));
        assertSays("invalid role or secret ID", assertRefused("vault-login", keys::logIn));
        for (int i = 0; i < 10; i++) {
            assertSays("is not sent again for 5 minutes", assertRefused("vault-login", keys::logIn));
        }
        VaultServer.secretFile(file, secretId);
        var key = make(keys, KeyAlgorithm.ED25519);
        assertSigns(key);
        // All its tokens are gone: it logs in again.
        server().ask("POST", "sys/leases/revoke-prefix/auth/approle/login", new JsonFields());
        assertSigns(key);
    }

    @Test
    void aTokenIsRenewedWhenHalfOfItsLifeIsOver() {
        String mine = server().newToken("1h");
        var start = InstantSource.system().instant();
        var now = new AtomicReference<>(start);
        var keys =
                new VaultKeys(directory, VaultServer.place(server().socket()), () -> VaultServer.token(mine), now::get);
        var key = make(keys, KeyAlgorithm.ED25519);
        var lookup = new JsonFields().put("token", mine);
        now.set(start.plus(Duration.ofMinutes(29)));
        assertSigns(key);
        assertFalse(server().ask("POST", "auth/token/lookup", lookup).line().contains("\"last_renewal\""));
        now.set(start.plus(Duration.ofMinutes(31)));
        assertSigns(key);
        assertTrue(server().ask("POST", "auth/token/lookup", lookup).line().contains("\"last_renewal\""));
    }

    /// As Vault Agent and Vault Proxy do; and the namespace travels along, which this Vault does not have.
    @Test
    void anAgentAddsItsOwnToken() throws IOException {
        try (var proxy = Proxy.to(server().socket())) {
            var place = new VaultKeys.Place(proxy.address(), "transit", Optional.of("team/a"), Optional.empty());
            var keys = VaultServer.keys(directory, place, VaultLogin.OfAgent::new);
            String namespace = "X-Vault-Namespace: team/a\r\n";
            proxy.requests = text -> text.replace(namespace, "");
            assertSays("takes no token that the agent adds", assertRefused("vault-login", keys::logIn));
            String token = "X-Vault-Token: " + server().newToken("1h") + "\r\n";
            proxy.requests = text -> text.replace(namespace, token);
            keys.logIn();
            assertSigns(make(keys, KeyAlgorithm.ED25519));
            assertEquals(List.of(), keys.filesReadAgain());
        }
    }

    @Test
    void aTokenThatVaultRepeatsIsNotShown() throws IOException {
        String token = server().newToken("1h");
        try (var proxy = Proxy.to(server().socket())) {
            var keys = VaultServer.keys(directory, VaultServer.place(proxy.address()), () -> VaultServer.token(token));
            var key = make(keys, KeyAlgorithm.ED25519);
            for (String status : List.of("400", "403", "503")) {
                String error = "{\"errors\":[\"%s\"]}".formatted(token);
                proxy.answers = text ->
                        "HTTP/1.1 %s X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, error.length(), error);
                var failed = assertThrows(RuntimeException.class, () -> assertSigns(key));
                assertTrue(failed instanceof RefusedException || failed instanceof UnavailableException);
                assertFalse(String.valueOf(failed.getMessage()).contains(token), failed.getMessage());
            }
        }
    }

    @Test
    void whatWasClosedSignsNoMore() {
        var keys = server().keys(directory, server().newToken("1h"));
        var key = make(keys, KeyAlgorithm.ED25519);
        keys.close();
        assertThrows(UnavailableException.class, () -> assertSigns(key));
    }
}
