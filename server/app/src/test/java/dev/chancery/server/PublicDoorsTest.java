// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.server.listener.StockTool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stock tools at the public doors of a server that runs: what they fetch, list, refuse and install.
class PublicDoorsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String LATER = "20260301T000000!";

    @TempDir
    private static Path directory;

    private static final Deque<GnupgKey> HOMES = new ArrayDeque<>();
    private static GnupgKey qa;
    private static GnupgKey old;
    private static Server server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("policies"));
        server = AwayServer.in(directory).server();
        qa = kept("qa", "Quality: 100% <QA@Example.org>");
        old = kept("old", "Old <old@example.org>");
        old.edit(LATER, "revkey", "y", "1", "", "y", "save");
        hand("old", old);
    }

    private static GnupgKey kept(String name, String userId) throws IOException, InterruptedException {
        var key = GnupgKey.make(directory.resolve("home-" + name), userId);
        HOMES.add(key);
        hand(name, key);
        return key;
    }

    private static void hand(String name, GnupgKey key) throws IOException, InterruptedException {
        Files.write(directory.resolve("keyring/" + name + ".openpgp.asc"), key.exported());
    }

    private static GnupgKey nobody(String name) throws IOException {
        var home = GnupgKey.nobody(directory.resolve("home-" + name));
        HOMES.add(home);
        return home;
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        for (var home : HOMES) {
            home.close();
        }
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Path fetched(String path, String name) throws IOException, InterruptedException {
        var answer = get(path);
        assertEquals(200, answer.statusCode(), path);
        return Files.write(directory.resolve(name), answer.body());
    }

    private static String keyServer() {
        return "hkp://127.0.0.1:" + server.address().getPort();
    }

    @Test
    void gnupgReceivesByPrimaryKeyAndBySubkeyAndRefreshes() throws Exception {
        for (String fingerprint : List.of(qa.fingerprint(), qa.subkey())) {
            var home = nobody("fetch-" + fingerprint.substring(0, 4));
            home.gpg("--keyserver", keyServer(), "--recv-keys", fingerprint);
            assertEquals(qa.fingerprints(), home.fingerprints());
            home.gpg("--keyserver", keyServer(), "--refresh-keys");
        }
        assertNotEquals(
                0,
                nobody("nothing")
                        .run("--keyserver", keyServer(), "--recv-keys", "0123456789ABCDEF0123456789ABCDEF01234567")
                        .exit());
    }

    @Test
    void gnupgSearchesAndLocates() throws Exception {
        var home = nobody("search");
        var said = home.run("--keyserver", keyServer(), "--with-colons", "--search-keys", "quality");
        assertTrue(said.text().contains("uid:Quality%3A 100%25 <QA@Example.org>:"), said.text());
        assertTrue(said.text().contains("pub:" + qa.fingerprint() + ":22:256:"), said.text());
        var revoked = home.run("--keyserver", keyServer(), "--with-colons", "--search-keys", "old@example.org");
        assertTrue(Pattern.compile("(?m)^pub:" + old.fingerprint() + ":.*:r$")
                .matcher(revoked.text())
                .find());
        home.gpg("--keyserver", keyServer(), "--auto-key-locate", "clear,keyserver", "--locate-keys", "qa@example.org");
        assertEquals(qa.fingerprints(), home.fingerprints());
    }

    @Test
    void gnupgCannotSend() throws Exception {
        assertNotEquals(
                0,
                qa.run("--keyserver", keyServer(), "--send-keys", qa.fingerprint())
                        .exit());
    }

    /// The example of draft-koch-openpgp-webkey-service, section 3.1, with our key: Joe.Doe's hash is the draft's
    /// own.
    @Test
    void webKeysAreFoundByTheHashOfTheirLocalPartInBothWays() throws Exception {
        var joe = kept("joe", "Joe <Joe.Doe@Example.ORG>");
        String hash = "iy9q119eutrkn8s1mk4r39qejnbu3n5q";
        Path advanced = fetched("/.well-known/openpgpkey/example.org/hu/%s?l=Joe.Doe".formatted(hash), "advanced.gpg");
        var home = nobody("web");
        home.gpg("--import", advanced.toString());
        assertEquals(joe.fingerprints(), home.fingerprints());
        var said = StockTool.run(
                "curl",
                "-sf",
                "-H",
                "Host: example.org",
                "-o",
                directory.resolve("direct.gpg").toString(),
                server.url() + "/.well-known/openpgpkey/hu/" + hash);
        assertEquals(0, said.exit());
        assertArrayEquals(Files.readAllBytes(advanced), Files.readAllBytes(directory.resolve("direct.gpg")));
        assertEquals(404, get("/.well-known/openpgpkey/example.com/hu/" + hash).statusCode());
        assertEquals(404, get("/.well-known/openpgpkey/hu/" + hash).statusCode());
        assertEquals(0, get("/.well-known/openpgpkey/example.org/policy").body().length);
    }

    /// gpg asks `https://openpgpkey.DOMAIN` and no other port than 443, by the host's certificate authorities: a
    /// process that sees another `/etc/hosts` and other authorities, and a port that leads to ours.
    @Test
    @SuppressWarnings("try") // the gate is open as long as it is there
    void gnupgLocatesByWebKeyDirectoryOverTls() throws Exception {
        requireRoot("port 443 is root's");
        Path place = Files.createDirectory(directory.resolve("tls"));
        Files.createDirectory(place.resolve("policies"));
        var web = kept("web-qa", "Web <web@wkd.test>");
        try (var tls = AwayServer.in(place, ", \"tls\": {\"names\": [\"openpgpkey.wkd.test\"]}")
                        .server();
                var gate = new PortForward("127.0.0.77", 443, tls.address())) {
            Files.write(place.resolve("keyring/web.openpgp.asc"), web.exported());
            Path hosts =
                    Files.writeString(place.resolve("hosts"), "127.0.0.1 localhost\n127.0.0.77 openpgpkey.wkd.test\n");
            var home = nobody("locate");
            var said = StockTool.run(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    ("mount --bind '%s' /etc/hosts && mount --bind '%s'"
                                    + " /etc/ssl/certs/ca-certificates.crt && gpg --homedir '%s'"
                                    + " --batch --auto-key-locate clear,nodefault,wkd --locate-keys web@wkd.test")
                            .formatted(hosts, place.resolve("certificate.pem"), home.home()));
            assertEquals(0, said.exit(), said.text());
            assertEquals(web.fingerprints(), home.fingerprints());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/pks/lookup?op=get&search=0x01234567, 400",
        "/pks/lookup?op=get, 400",
        "/pks/lookup?op=delete&search=qa, 400",
        "/pks/lookup?search=qa, 400",
        "/pks/lookup?op=get&search=qa@example.com, 404",
        "/pks/lookup?op=get&search=quality, 404",
        "/pks/lookup?op=get&search=%20, 400",
        "/vks/v1/by-fingerprint/xyz, 400",
        "/vks/v1/by-keyid/0123456789ABCDEF, 404",
        "/vks/v1/by-email/nobody@example.org, 404",
        // By its address a revoked key is found as well: who asks has to learn of it.
        "/vks/v1/by-email/old@example.org, 200"
    })
    void whatIsAskedWronglyOrForNothingIsSaid(String path, int status) throws Exception {
        assertEquals(status, get(path).statusCode());
    }

    @Test
    void whatIsSearchedForHasAtMost255Characters() throws Exception {
        assertEquals(404, get("/pks/lookup?op=get&search=" + "a".repeat(255)).statusCode());
        assertEquals(400, get("/pks/lookup?op=get&search=" + "a".repeat(256)).statusCode());
    }

    @Test
    void cachesAskByTheEntityTag() throws Exception {
        String path = "/vks/v1/by-email/qa@example.org";
        var first = get(path);
        assertEquals(
                "public, max-age=300",
                first.headers().firstValue("cache-control").orElseThrow());
        String tag = first.headers().firstValue("etag").orElseThrow();
        assertEquals(304, get(path, "If-None-Match", tag).statusCode());
    }

    /// A URL of the tool's files, by the beginning of a file's name.
    private static String file(String tool, String prefix) throws IOException, InterruptedException {
        var index = new String(get("/v1/keyring/for/" + tool).body(), java.nio.charset.StandardCharsets.UTF_8);
        var matcher = Pattern.compile("\"file\":\"(%s[^\"]*)\"".formatted(Pattern.quote(prefix)))
                .matcher(index);
        assertTrue(matcher.find(), index);
        return "/v1/keyring/for/%s/%s".formatted(tool, matcher.group(1));
    }

    @Test
    void debianInstallsTheKeyringAndTheSameBytesEachTime() throws Exception {
        String path = file("debian", "qa-archive-keyring_2026.01.02.030405_all.deb");
        Path deb = fetched(path, "qa.deb");
        assertArrayEquals(Files.readAllBytes(deb), get(path).body());
        var info = StockTool.run("dpkg-deb", "--info", deb.toString());
        assertEquals(0, info.exit(), info.text());
        assertTrue(info.text().contains("Maintainer: Quality: 100% <QA@Example.org>"), info.text());
        assertTrue(StockTool.run("dpkg-deb", "--contents", deb.toString())
                .text()
                .contains("./usr/share/keyrings/qa-archive-keyring.gpg"));
        Path root = directory.resolve("root");
        assertEquals(
                0,
                StockTool.run("dpkg-deb", "--extract", deb.toString(), root.toString())
                        .exit());
        Path database = root.resolve("var/lib/dpkg");
        Files.createDirectories(database.resolve("info"));
        Files.createFile(database.resolve("status"));
        Files.createDirectories(database.resolve("updates"));
        var installed = StockTool.run(
                "dpkg", "--root=" + root, "--force-not-root", "--force-script-chrootless", "--install", deb.toString());
        assertEquals(0, installed.exit(), installed.text());
        var verified = StockTool.run("dpkg", "--root=" + root, "--verify", "qa-archive-keyring");
        assertEquals("", verified.text());
        assertAptTrusts(root.resolve("usr/share/keyrings/qa-archive-keyring.gpg"));
    }

    /// An empty repository, signed by the subkey: apt reads it with the package's keyring, and not with another's.
    private static void assertAptTrusts(Path keyring) throws IOException, InterruptedException {
        Path repository = Files.createDirectory(directory.resolve("repository"));
        Files.createFile(repository.resolve("Packages"));
        String release = """
                Origin: qa
                Suite: stable
                Date: Sat, 03 Jan 2026 00:00:00 UTC
                SHA256:
                 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 Packages
                """;
        Files.writeString(repository.resolve("Release"), release);
        qa.at(
                LATER,
                "--local-user",
                qa.subkey() + "!",
                "--armor",
                "--detach-sign",
                "--output",
                repository.resolve("Release.gpg").toString(),
                repository.resolve("Release").toString());
        var good = updated(repository, keyring);
        assertEquals(0, good.exit(), good.text());
        Path others = fetched("/v1/keyring/for/gpg/old.gpg", "others.gpg");
        assertNotEquals(0, updated(repository, others).exit());
    }

    private static StockTool.Said updated(Path repository, Path keyring) throws IOException, InterruptedException {
        Path apt = Files.createDirectories(directory.resolve("apt-" + keyring.getFileName()));
        Files.createDirectories(apt.resolve("lists/partial"));
        Files.createDirectories(apt.resolve("cache/archives/partial"));
        Path sources = Files.writeString(
                apt.resolve("sources.list"), "deb [signed-by=%s] file:%s ./\n".formatted(keyring, repository));
        return StockTool.run(
                "apt-get",
                "-o",
                "Dir::Etc::SourceList=" + sources,
                "-o",
                "Dir::Etc::SourceParts=/dev/null",
                "-o",
                "Dir::State=" + apt,
                "-o",
                "Dir::Cache=" + apt.resolve("cache"),
                "-o",
                "APT::Sandbox::User=root",
                "-o",
                "APT::Update::Error-Mode=any",
                "update");
    }

    @Test
    void pacmanPopulatesItsKeyring() throws Exception {
        requireRoot("pacman-key wants to be run as root");
        Path from = Files.createDirectory(directory.resolve("pacman"));
        for (String file : List.of("qa.gpg", "qa-trusted", "qa-revoked", "old.gpg", "old-trusted", "old-revoked")) {
            Files.write(
                    from.resolve(file), get("/v1/keyring/for/pacman/" + file).body());
        }
        assertEquals(qa.fingerprint() + ":4:\n", Files.readString(from.resolve("qa-trusted")));
        assertEquals("", Files.readString(from.resolve("qa-revoked")));
        assertEquals("", Files.readString(from.resolve("old-trusted")));
        assertEquals(old.fingerprint() + "\n", Files.readString(from.resolve("old-revoked")));
        var home = nobody("pacman");
        String gpgdir = home.home().toString();
        assertEquals(
                0, StockTool.run("pacman-key", "--gpgdir", gpgdir, "--init").exit());
        // Debian's reads one folder, which this process sees another one in.
        var said = StockTool.run(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind '%s' /usr/share/keyrings && pacman-key --gpgdir '%s' --populate qa old"
                        .formatted(from, gpgdir));
        assertEquals(0, said.exit(), said.text());
        Path content = Files.writeString(directory.resolve("package"), "package\n");
        Path signature = directory.resolve("package.sig");
        qa.at(
                LATER,
                "--local-user",
                qa.subkey() + "!",
                "--output",
                signature.toString(),
                "--detach-sign",
                content.toString());
        var verified = StockTool.run("pacman-key", "--gpgdir", gpgdir, "--verify", signature.toString());
        assertEquals(0, verified.exit(), verified.text());
        Files.writeString(content, "another\n");
        assertNotEquals(
                0,
                StockTool.run("pacman-key", "--gpgdir", gpgdir, "--verify", signature.toString())
                        .exit());
    }

    @Test
    void keysFileIsReadByPeopleAndByGnupg() throws Exception {
        Path keys = fetched("/KEYS", "KEYS");
        String text = Files.readString(keys);
        assertTrue(text.contains(
                "Fingerprint: %s\nUser ID:     Quality: 100%% <QA@Example.org>\n".formatted(qa.fingerprint())));
        assertTrue(text.contains("Fingerprint: %s\nUser ID:     Old".formatted(old.fingerprint())));
        assertTrue(text.contains("Revoked:     nothing that it signed counts\n"));
        var home = nobody("people");
        home.gpg("--import", keys.toString());
        assertTrue(home.fingerprints().containsAll(qa.fingerprints()));
        assertTrue(home.fingerprints().containsAll(old.fingerprints()));
    }

    @Test
    void aKeysmapNamesTheKeysInForce() throws Exception {
        assertEquals(
                "* = 0x%s\n".formatted(qa.fingerprint()),
                Files.readString(fetched("/v1/keyring/for/pgpverify/qa.keysmap", "qa.keysmap")));
        String none = Files.readString(fetched("/v1/keyring/for/pgpverify/old.keysmap", "old.keysmap"));
        assertFalse(none.contains(old.fingerprint()), none);
    }

    /// As with a missing tool: a failure where all have to be there.
    private static void requireRoot(String why) {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (System.getProperty("interop", "").equals("required")) {
            assertTrue(root, why);
        }
        Assumptions.assumeTrue(root, why);
    }
}
