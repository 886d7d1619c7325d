// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.NewFile;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.vault.VaultTransport.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// What a real Vault does beyond what every key provider does, and what happens when it does not.
class VaultKeysTest {
    private static final byte[] MESSAGE = "some content".getBytes(StandardCharsets.UTF_8);
    private static final VaultClient.Times SHORT =
            new VaultClient.Times(Duration.ofMillis(700), Duration.ofSeconds(20));

    private static @Nullable VaultServer running;
    private static String token = "";

    @TempDir
    private Path parent = Path.of("");

    private Path directory = Path.of("");

    @BeforeAll
    static void start(@TempDir Path folder) {
        running = VaultServer.startedIn(folder);
        token = running.newToken("1h");
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

    static SigningKey make(VaultKeys keys, KeyAlgorithm algorithm) {
        return keys.create(SampleKeys.newKey(algorithm), SampleKeys.RANDOM);
    }

    static void assertSigns(SigningKey key) {
        var publicKey = key.key().publicKey();
        var signature = key.sign(SampleKeys.toBeSigned(publicKey.scheme(), MESSAGE));
        assertTrue(SampleKeys.holds(publicKey, MESSAGE, signature));
    }

    private static String assertUnavailable(Executable what) {
        return assertThrows(UnavailableException.class, what).sentence();
    }

    static String assertRefused(String rule, Executable what) {
        var refused = assertThrows(RefusedException.class, what);
        assertEquals(rule, refused.rule(), refused.sentence());
        return refused.sentence();
    }

    static void assertSays(String words, String sentence) {
        assertTrue(sentence.contains(words), sentence);
    }

    private String path(SigningKey key) throws IOException {
        Path file = directory.resolve("qa.raw.%s.json".formatted(key.key().id().abbreviated()));
        return "transit/keys/"
                + VaultHandle.parse(Bytes.of(Files.readAllBytes(file))).keyName();
    }

    private static void configure(String path, String field, Object value) {
        var fields = new JsonFields();
        server().ask(
                        "POST",
                        path + "/config",
                        value instanceof Integer number
                                ? fields.put(field, number)
                                : fields.put(field, value.equals(true)));
    }

    @Test
    void aSealedVaultSignsAgainOnceItIsUnsealed() throws IOException {
        var keys = server().keys(directory, token);
        var key = make(keys, KeyAlgorithm.ED25519);
        server().seal();
        try {
            assertSays("is sealed", assertUnavailable(() -> assertSigns(key)));
            assertSays("is sealed", assertUnavailable(keys::requireThere));
            assertSays("is sealed", assertUnavailable(() -> make(keys, KeyAlgorithm.ED25519)));
        } finally {
            server().unseal();
        }
        assertSigns(key);
        keys.requireThere();
    }

    @Test
    void thePolicyOfTheDocumentsAllowsNoMoreThanIsNeeded() throws IOException {
        var keys = server().keys(directory, token);
        String path = path(make(keys, KeyAlgorithm.ED25519));
        var client = new VaultClient(
                VaultServer.place(server().socket()),
                () -> VaultServer.token(token),
                InstantSource.system(),
                VaultClient.Times.USUAL);
        byte[] empty = {'{', '}'};
        for (String step : List.of("/config", "/rotate", "/trim")) {
            assertSays(
                    "does not allow \"update\" on " + path,
                    assertRefused(
                            "vault-denied", () -> client.send(Call.post(path + step, empty, true, SHORT.creation()))));
        }
        for (String other : List.of("transit/sign/other", "transit/decrypt/chancery-x", "sys/seal")) {
            assertRefused("vault-denied", () -> client.send(Call.post(other, empty, true, SHORT.creation())));
        }
    }

    @Test
    void aRotationChangesNothing() throws IOException {
        var keys = server().keys(directory, token);
        var key = make(keys, KeyAlgorithm.ECDSA_P256);
        server().ask("POST", path(key) + "/rotate", new JsonFields());
        assertSigns(key);
        assertSigns(keys.open(key.key().id()));
    }

    @Test
    void aVersionThatSignsNoMoreIsNamed() throws IOException {
        var keys = server().keys(directory, token);
        var key = make(keys, KeyAlgorithm.ED25519);
        server().ask("POST", path(key) + "/rotate", new JsonFields());
        configure(path(key), "min_encryption_version", 2);
        String tooOld = "can sign no more: min_encryption_version or min_decryption_version was raised to 2";
        assertSays(tooOld, assertRefused("vault-version", () -> assertSigns(key)));
        assertSays(
                tooOld, assertRefused("vault-version", () -> keys.open(key.key().id())));
        configure(path(key), "min_encryption_version", 0);
        assertSigns(key);
        configure(path(key), "min_decryption_version", 2);
        configure(path(key), "min_encryption_version", 2);
        server().ask("POST", path(key) + "/trim", new JsonFields().put("min_available_version", 2));
        assertSays("version 1 of key", assertRefused("vault-version", () -> assertSigns(key)));
    }

    @Test
    void aKeyThatMayLeaveOrGoIsRefused() throws IOException {
        var keys = server().keys(directory, token);
        for (String field : List.of("exportable", "allow_plaintext_backup", "deletion_allowed")) {
            var key = make(keys, KeyAlgorithm.ED25519);
            configure(path(key), field, true);
            assertRefused("vault-key", () -> keys.open(key.key().id()));
        }
        var gone = make(keys, KeyAlgorithm.ED25519);
        configure(path(gone), "deletion_allowed", true);
        server().ask("DELETE", path(gone), new JsonFields());
        assertSays("the key was deleted", assertRefused("vault-key", () -> assertSigns(gone)));
        assertSays(
                "the key was deleted",
                assertRefused("vault-key", () -> keys.open(gone.key().id())));
    }

    /// Somebody may make keys, and names one like a handle that he wrote.
    @Test
    void aKeyThatWasPlantedIsRefused() throws IOException {
        var keys = server().keys(directory, token);
        var made = make(keys, KeyAlgorithm.ED25519);
        var other = SampleKeys.newKey(KeyAlgorithm.ED25519).with(made.key().publicKey());
        var planted = new VaultHandle(other, Bytes.of(new byte[VaultHandle.SALT_BYTES]), 1);
        server().ask("POST", "transit/keys/" + planted.keyName(), new JsonFields().put("type", "ed25519"));
        Path file = directory.resolve(planted.name());
        Files.delete(file);
        NewFile.write(file, planted.toBytes().toArray(), SampleKeys.RANDOM);
        assertSays(
                "is another one",
                assertRefused("vault-key", () -> keys.open(made.key().id())));
    }

    @Test
    void tooManyRequestsAreToldWhenToComeAgain() {
        // Vault itself fails to apply a quota to who comes by a Unix socket.
        var keys = VaultServer.keys(directory, VaultServer.place(server().plain()), () -> VaultServer.token(token));
        var key = make(keys, KeyAlgorithm.ED25519);
        var quota = new JsonFields().put("rate", 1).put("interval", "30s").put("path", "transit");
        server().ask("POST", "sys/quotas/config", new JsonFields().put("enable_rate_limit_response_headers", true));
        server().ask("POST", "sys/quotas/rate-limit/test", quota);
        try {
            var busy = assertThrows(UnavailableException.class, () -> {
                for (int i = 0; i < 5; i++) {
                    assertSigns(key);
                }
            });
            assertSays("too many requests", busy.sentence());
            assertTrue(busy.retryAfter().isPresent());
        } finally {
            server().ask("DELETE", "sys/quotas/rate-limit/test", new JsonFields());
        }
        assertSigns(key);
    }

    @Test
    void theLongestMessageThatVaultTakes() {
        var key = make(server().keys(directory, token), KeyAlgorithm.ED25519);
        byte[] most = new byte[TransitSignature.VAULT_TEXT_MAX / 4 * 3];
        var signature = key.sign(new ToBeSigned.OfMessage(Bytes.of(most)));
        assertTrue(SampleKeys.holds(key.key().publicKey(), most, signature));
        for (int length : new int[] {most.length + 1, ToBeSigned.OfMessage.BYTES_MAX}) {
            var more = new ToBeSigned.OfMessage(Bytes.of(new byte[length]));
            assertSays("max_json_string_value_length", assertRefused("vault-request", () -> key.sign(more)));
        }
        assertSigns(key);
    }

    @Test
    void everyDigest() {
        var rsa = make(server().keys(directory, token), KeyAlgorithm.RSA_3072);
        for (var algorithm : List.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512)) {
            var digest = SampleKeys.digest(algorithm, MESSAGE);
            assertEquals(384, rsa.sign(new ToBeSigned.OfDigest(digest)).bytes().length());
        }
    }

    @Test
    void tlsVerifiesCertificateAndName() {
        for (var address : List.of(server().tls("localhost"), server().plain())) {
            var anchors =
                    address instanceof VaultAddress.Tls ? Optional.of(server().anchors()) : Optional.<Path>empty();
            var place = new VaultKeys.Place(address, "transit", Optional.empty(), anchors);
            var keys = VaultServer.keys(directory, place, () -> VaultServer.token(token));
            var key = make(keys, KeyAlgorithm.ED25519);
            for (int i = 0; i < 20; i++) {
                assertSigns(key);
            }
        }
        var otherName = new VaultKeys.Place(
                server().tls("127.0.0.1"), "transit", Optional.empty(), Optional.of(server().anchors()));
        var unknown = VaultServer.place(server().tls("localhost"));
        for (var place : List.of(otherName, unknown)) {
            var keys = VaultServer.keys(directory, place, () -> VaultServer.token(token));
            assertSays("is not trusted", assertRefused("vault-tls", keys::logIn));
            assertRefused("vault-tls", keys::requireThere);
        }
    }

    private VaultKeys behind(Proxy proxy) throws IOException {
        var place = VaultServer.place(proxy.address());
        var client = new VaultClient(place, () -> VaultServer.token(token), InstantSource.system(), SHORT);
        return new VaultKeys(directory, place, () -> VaultServer.token(token), client);
    }

    @Test
    void aSlowAnswerIsWaitedForSoLongAndNoLonger() throws IOException {
        try (var proxy = Proxy.to(server().socket())) {
            var key = make(behind(proxy), KeyAlgorithm.ED25519);
            proxy.delay = Duration.ofMillis(300);
            assertSigns(key);
            proxy.delay = Duration.ofMillis(1500);
            assertSays("has not answered within 700 ms", assertUnavailable(() -> assertSigns(key)));
            proxy.delay = Duration.ZERO;
            assertSigns(key);
        }
    }

    @Test
    void nonsenseIsUnavailableAndTheNextAnswerCounts() throws IOException {
        try (var proxy = Proxy.to(server().socket())) {
            var key = make(behind(proxy), KeyAlgorithm.ED25519);
            for (var change : List.of(
                    List.of("vault:v1:", "vault:v2:"),
                    List.of("\"key_version\":1", "\"key_version\":2"),
                    List.of("\"signature\":", "\"signaturf\":"),
                    List.of("{\"request_id\"", "{\"request_id\"\""),
                    List.of("{\"request_id\"", "[\"request_id\""),
                    List.of("\"vault:v1:", "7,\"x\":\""),
                    List.of("HTTP/1.1 200", "HTTP/2.0 200"),
                    List.of("HTTP/1.1 200", "HTTP/1.1 500"),
                    List.of("HTTP/1.1 200", "HTTP/1.1 307"),
                    List.of("HTTP/1.1 200", "HTTP/1.1 473"),
                    List.of("Content-Length: ", "Content-Length: 9999999"),
                    List.of("Content-Type", "Transfer-Encoding: gzip\r\nX"))) {
                proxy.answers = text -> text.replace(change.get(0), change.get(1));
                String sentence = assertUnavailable(() -> assertSigns(key));
                assertSays("Vault at http://127.0.0.1:", sentence);
                proxy.answers = text -> text;
                assertSigns(key);
            }
        }
    }

    /// The enclave finds that out before the signature leaves it; here it is enough that nothing else happens.
    @Test
    void aSignatureByAnotherKeyDoesNotVerify() throws IOException {
        try (var proxy = Proxy.to(server().socket())) {
            var keys = behind(proxy);
            var mine = make(keys, KeyAlgorithm.ED25519);
            String name = path(mine).replace("keys", "sign");
            String other = path(make(keys, KeyAlgorithm.ED25519)).replace("keys", "sign");
            proxy.requests = text -> text.replace(name, other);
            var signature = mine.sign(new ToBeSigned.OfMessage(Bytes.of(MESSAGE)));
            assertFalse(SampleKeys.holds(mine.key().publicKey(), MESSAGE, signature));
        }
    }
}
