// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.server.auth.ApiToken;
import dev.chancery.store.Store;
import dev.chancery.store.request.Instance;
import dev.chancery.store.token.Token;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What GnuPG made of a certificate comes to the server by PUT, and goes out by every door. Each test has a key of
/// its own;
/// one administrator certifies.
class CertificateUpdatesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String LATER = "20260301T000000!";

    @TempDir
    private static Path directory;

    private static final Deque<GnupgKey> KEYS = new ArrayDeque<>();
    private static GnupgKey administrator;
    private static Server server;
    private static String token;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("policies"));
        administrator = GnupgKey.make(directory.resolve("admin"), "Alice <alice@example.org>");
        KEYS.add(administrator);
        Files.write(directory.resolve("certifiers.asc"), administrator.exported());
        var away = AwayServer.in(directory, ", \"certifiers\": \"certifiers.asc\"");
        server = away.server();
        var made = ApiToken.create(new SecureRandom());
        token = made.secretText();
        try (var store = Store.open(away.configuration().store(), new Instance("tokens"), Clock.systemUTC())) {
            store.tokens()
                    .add(new Token(
                            "admin",
                            new Digest(DigestAlgorithm.SHA256, made.hash().toArray()),
                            new TreeSet<>(List.of("publish:*")),
                            Instant.now(),
                            Instant.now().plus(Duration.ofHours(1)),
                            Optional.empty()));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        for (var key : KEYS) {
            key.close();
        }
    }

    /// A key of a new authority, which the server's folder has.
    private static GnupgKey authority(String name) throws IOException, InterruptedException {
        var key = GnupgKey.make(directory.resolve("home-" + name), "%1$s <%1$s@example.org>".formatted(name));
        KEYS.add(key);
        Files.write(directory.resolve("keyring/" + name + ".openpgp.asc"), key.exported());
        return key;
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<String> put(String authority, String fingerprint, byte[] update)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path(authority, fingerprint)))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/pgp-keys")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(update))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String path(String authority, String fingerprint) {
        return "/v1/authorities/%s/certificates/%s".formatted(authority, fingerprint);
    }

    private static void assertRefused(String rule, HttpResponse<String> answer) {
        assertEquals(403, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"rule\":\"" + rule + "\""), answer.body());
    }

    private static void assertTaken(String event, HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"changed\":true"), answer.body());
        assertTrue(answer.body().contains("\"event\":\"" + event + "\""), answer.body());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// What gpg reads out of what is handed out.
    private static String listed(byte[] certificate) throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("listed.asc"), certificate);
        return administrator.gpg("--show-keys", "--with-colons", file.toString());
    }

    @Test
    void anExtensionIsLoggedAndGoesOutByEveryDoor() throws Exception {
        var key = authority("extended");
        byte[] before = key.exported();
        byte[] shown = get("/v1/keyring/extended.openpgp.asc").body();
        key.at(LATER, "--quick-set-expire", key.fingerprint(), "9y");
        assertTaken("updated", put("extended", key.fingerprint(), key.exported()));
        byte[] certificate = get(path("extended", key.fingerprint())).body();
        assertTrue(listed(certificate).contains(":2056"), listed(certificate));
        assertNotEquals(
                text(shown), text(get("/v1/keyring/extended.openpgp.asc").body()));
        assertArrayEquals(certificate, get("/v1/keyring/extended.openpgp.asc").body());
        assertArrayEquals(
                certificate, get("/v1/keyring/for/sop/extended.openpgp.asc").body());
        for (String door : List.of(
                "/pks/lookup?op=get&options=mr&search=0x" + key.fingerprint(),
                "/pks/lookup?op=get&options=mr&search=0x" + key.subkey(),
                "/pks/lookup?op=get&options=mr&search=extended@example.org&exact=on",
                "/vks/v1/by-fingerprint/" + key.fingerprint(),
                "/vks/v1/by-keyid/" + key.fingerprint().substring(24),
                "/vks/v1/by-email/extended@example.org")) {
            assertArrayEquals(certificate, get(door).body(), door);
        }
        var again = put("extended", key.fingerprint(), key.exported());
        assertTrue(again.body().contains("\"changed\":false"), again.body());
        assertRefused("certificate-older", put("extended", key.fingerprint(), before));
    }

    @Test
    void theLogSaysWhatHappenedAndHasTheCertificatesHash() throws Exception {
        var key = authority("logged");
        key.at(LATER, "--quick-set-expire", key.fingerprint(), "9y");
        assertTaken("updated", put("logged", key.fingerprint(), key.exported()));
        var entries = text(get("/v1/log/entries?authority=logged").body());
        assertTrue(entries.contains("\"kind\":\"key\""), entries);
        assertFalse(entries.contains("token:admin"), "who asked is not for everybody");
        var leaf = text(java.util.Base64.getDecoder()
                .decode(entries.replaceAll("(?s).*\"leaf\":\"([^\"]+)\".*", "$1")
                        .strip()));
        assertTrue(leaf.contains("\"event\":\"updated\""), leaf);
        byte[] sha256 = java.security.MessageDigest.getInstance("SHA-256")
                .digest(get(path("logged", key.fingerprint())).body());
        assertTrue(leaf.contains(java.util.HexFormat.of().formatHex(sha256)), leaf);
    }

    @Test
    void newSubkeysAreAnnouncedAndRevokedOnesRevoked() throws Exception {
        var key = authority("rotated");
        key.at(LATER, "--quick-add-key", key.fingerprint(), "ed25519", "sign", "3y");
        assertTaken("announced", put("rotated", key.fingerprint(), key.exported()));
        assertEquals(3, listed(get(path("rotated", key.fingerprint())).body()).split("fpr:", -1).length - 1);
        key.edit(LATER.replace("0301", "0401"), "key 1", "revkey", "y", "1", "", "y", "save");
        assertTaken("revoked", put("rotated", key.fingerprint(), key.exported()));
        assertTrue(listed(get(path("rotated", key.fingerprint())).body()).contains("sub:r:"));
    }

    @Test
    void aRetiredKeyIsNotTakenIntoUseAgain() throws Exception {
        var key = authority("retired");
        var copy = key.copy(directory.resolve("home-copy"));
        KEYS.add(copy);
        key.edit(LATER, "key 1", "revkey", "y", "3", "", "y", "save");
        byte[] retired = key.exported();
        assertTaken("retired", put("retired", key.fingerprint(), retired));
        copy.at("20260401T000000!", "--quick-set-expire", copy.fingerprint(), "9y", copy.subkey());
        var revived = put("retired", key.fingerprint(), copy.exported());
        assertRefused("certificate-revival", revived);
        assertTrue(listed(get(path("retired", key.fingerprint())).body()).contains("sub:r:"));
    }

    @Test
    void certificationsOfTheAdministratorGoOutAndThoseOfOthersDoNot() throws Exception {
        var key = authority("certified");
        var other = authority("other");
        other.certify(key);
        var another = new GnupgKey(other.home(), key.fingerprint());
        var nothing = put("certified", key.fingerprint(), another.exported());
        assertTrue(nothing.body().contains("\"changed\":false"), nothing.body());
        administrator.certify(key);
        var certified = new GnupgKey(administrator.home(), key.fingerprint());
        assertTaken("updated", put("certified", key.fingerprint(), certified.exported()));
        byte[] shown = get("/KEYS").body();
        assertTrue(text(shown).contains("Authority:   certified\nFingerprint: " + key.fingerprint()));
        Path file = Files.write(
                directory.resolve("certified.asc"),
                get(path("certified", key.fingerprint())).body());
        administrator.gpg("--import", file.toString());
        var checked = administrator.gpg("--check-signatures", "--with-colons", key.fingerprint());
        assertTrue(checked.contains("sig:!::22:" + administrator.fingerprint().substring(24)), checked);
    }

    @Test
    void whatIsNoUpdateOfTheCertificateIsRefused() throws Exception {
        var key = authority("guarded");
        var other = authority("strange");
        assertRefused("certificate-key", put("guarded", key.fingerprint(), other.exported()));
        assertEquals(404, put("guarded", other.fingerprint(), other.exported()).statusCode());
        assertEquals(404, put("nobody", key.fingerprint(), key.exported()).statusCode());
        assertEquals(
                400,
                put("guarded", key.fingerprint().substring(24), key.exported()).statusCode());
        assertEquals(
                400, put("guarded", key.fingerprint(), new byte[] {1, 2, 3}).statusCode());
        assertEquals(
                413, put("guarded", key.fingerprint(), new byte[(1 << 20) + 1]).statusCode());
        assertEquals(400, put("guarded", key.fingerprint(), new byte[1 << 20]).statusCode());
    }

    @Test
    void aCertificateThatTheFolderHasNoMoreIsGone() throws Exception {
        var key = authority("gone");
        key.at(LATER, "--quick-set-expire", key.fingerprint(), "9y");
        assertTaken("updated", put("gone", key.fingerprint(), key.exported()));
        Files.delete(directory.resolve("keyring/gone.openpgp.asc"));
        assertEquals(404, get(path("gone", key.fingerprint())).statusCode());
        assertEquals(404, get("/pks/lookup?op=get&search=gone@example.org").statusCode());
        assertEquals(404, put("gone", key.fingerprint(), key.exported()).statusCode());
    }
}
