// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.frontdoors.RunningNginx;
import dev.chancery.frontdoors.RunningRegistry;
import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// From build to installation: two packages are built and ordered, a worker has them signed by two authorities and
/// publishes them on a web server and in the registry of packages, an image goes to a registry of images; all is
/// installed past a policy. Then what somebody could do to them who holds the servers.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {
    private static final List<String> REQUIRED = List.of("--require", "build", "--require", "release");

    @TempDir
    private static Path root;

    @TempDir
    private Path installed;

    private static Office office;
    private static RunningServer server;
    private static RunningNginx nginx;
    private static RunningRegistry images;
    private static Path packages;

    @BeforeAll
    static void publish() throws IOException, InterruptedException {
        office = Office.none(root);
        RunningServer.start(office).close();
        office.run("key", "create", "release", "--cycle", "a", "--start", "2026-01-01", "--end", "2036-01-01")
                .assertStatus(0);
        packages = addRegistry(root.resolve("office/server"));
        nginx = RunningNginx.in(root.resolve("nginx"));
        images = RunningRegistry.in(root.resolve("images"));
        server = RunningServer.start(office);
        Files.writeString(
                root.resolve("certificates.pem"),
                Files.readString(nginx.certificate())
                        + Files.readString(server.directory().resolve("certificate.pem")));
        Files.writeString(root.resolve("worker.json"), """
                {"version": 1,
                 "places": [{"name": "staging", "at": "staging"},
                            {"name": "raw", "at": "%s/{name}/{version}"},
                            {"name": "packages", "at": "%s/epr/{name}", "token_file": "office/server/first-token"}],
                 "routes": [{"place": "staging", "artifacts": ["{name}-{version}.zip"], "as": ["build", "release"],
                             "formats": ["openpgp"], "package": "release", "to": ["raw", "packages"]}]}
                """.formatted(nginx.url(), server.url()));
        for (String name : List.of("web", "tool")) {
            build(name, "1.0.0");
        }
        run(
                        "worker",
                        "--config",
                        root.resolve("worker.json").toString(),
                        "--once",
                        "--keyring",
                        keyring(),
                        "--place-certificate",
                        root.resolve("certificates.pem").toString())
                .assertStatus(0);
    }

    private static Path addRegistry(Path directory) throws IOException {
        Files.writeString(directory.resolve("publishers.json"), """
                {"version": 1, "name": "publishers",
                 "rules": [{"artifacts": ["*.zip"], "require": {"all": ["build", "release"]}}]}
                """);
        Path file = directory.resolve("server.json");
        String plan = "\"registry\": {\"packages\": \"packages\", \"uploads\": {\"policy\": \"publishers.json\"}},\n  ";
        Files.writeString(file, Files.readString(file).replaceFirst("\"policies\"", plan + "\"policies\""));
        return Files.createDirectory(directory.resolve("packages"));
    }

    /// Into the staging place, and ordered.
    private static void build(String name, String version) throws IOException {
        Path tree = Files.createDirectories(root.resolve("trees").resolve(name));
        Files.createDirectories(tree.resolve("docs"));
        Files.writeString(tree.resolve("docs/README.md"), "# " + name + "\n");
        Files.writeString(tree.resolve("manifest.yml"), """
                format_version: 3.0.0
                name: %1$s
                title: %1$s
                version: %2$s
                description: A package.
                """.formatted(name, version));
        Path staging = Files.createDirectories(root.resolve("staging"));
        run("package", "build", tree.toString(), "--output", staging.toString()).assertStatus(0);
        run("job", "submit", "staging/%s-%s.zip".formatted(name, version)).assertStatus(0);
    }

    private static String keyring() {
        return root.resolve("office/keyring").toString();
    }

    /// As a machine of the pipeline, which knows the server and has its token.
    private static Answer run(String... words) throws IOException {
        var environment = new HashMap<>(office.environment());
        environment.put("CHANCERY_SERVER", server.url());
        environment.put(
                "CHANCERY_SERVER_CERTIFICATE",
                server.directory().resolve("certificate.pem").toString());
        environment.put(
                "CHANCERY_TOKEN_FILE", server.directory().resolve("first-token").toString());
        environment.put("NETRC", nginx.netrc().toString());
        return command(environment, List.of(words));
    }

    private static Answer command(Map<String, String> environment, List<String> words) throws IOException {
        var command =
                new ArrayList<>(List.of(Office.PACKAGED.resolve("bin/chancery").toString()));
        command.addAll(words);
        return Answer.to(office.work(), environment, command);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        nginx.close();
        images.close();
    }

    /// What the worker published, as it was.
    private static Map<Path, byte[]> published = Map.of();

    @BeforeEach
    void restore() throws IOException, InterruptedException {
        if (published.isEmpty()) {
            var files = new HashMap<Path, byte[]>();
            for (Path folder : List.of(packages, nginx.files().resolve("web/1.0.0"))) {
                try (var list = Files.list(folder)) {
                    for (Path file : list.filter(Files::isRegularFile).toList()) {
                        files.put(file, Files.readAllBytes(file));
                    }
                }
            }
            published = Map.copyOf(files);
        }
        boolean away = !published.keySet().stream().allMatch(Files::exists);
        for (var file : published.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
        if (away) {
            Thread.sleep(1_100); // the registry sees it a second later
        }
    }

    /// Who installs knows a keyring, and nothing of the office.
    private Answer fetch(String address, String... more) throws IOException {
        var words =
                new ArrayList<>(List.of("fetch", address, "--output", installed.toString(), "--keyring", keyring()));
        words.addAll(
                List.of("--place-certificate", root.resolve("certificates.pem").toString()));
        words.addAll(REQUIRED);
        words.addAll(List.of(more));
        return command(office.environment(), words);
    }

    private static String packaged(String name, String version) {
        return "%s/epr/%s/%s-%s.zip".formatted(server.url(), name, name, version);
    }

    private static String raw() {
        return nginx.url() + "/web/1.0.0/web-1.0.0.zip";
    }

    /// By whom nothing was installed.
    private void assertRefused(Answer answer, String why) throws IOException {
        answer.assertStatus(1).assertSays("REFUSED").assertSays(why);
        try (var files = Files.list(installed)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private static String logKey() throws IOException {
        return server.shell("curl -f $U/log/key").assertStatus(0).output().strip();
    }

    @Test
    @Order(1)
    void whatWasBuiltIsInstalled() throws IOException {
        String log = logKey();
        fetch(packaged("web", "1.0.0"), "--log", log, "--named").assertStatus(0).assertSays("ACCEPTED");
        fetch(packaged("tool", "1.0.0"), "--log", log, "--named").assertStatus(0);
        assertEquals(-1, Files.mismatch(root.resolve("staging/web-1.0.0.zip"), installed.resolve("web-1.0.0.zip")));
        Files.delete(installed.resolve("web-1.0.0.zip"));
        fetch(raw(), "--log", log, "--named").assertStatus(0);
        server.shell("curl -f $U/search?package=web")
                .assertStatus(0)
                .assertSays("\"signature_path\":\"/epr/web/web-1.0.0.zip.sig\"");
        office.run("keyring", "export", "gpg", "--for", "gpg").assertStatus(0);
        server.shell("curl -f -O $U/epr/web/web-1.0.0.zip -O $U/epr/web/web-1.0.0.zip.sig")
                .assertStatus(0);
        StockTool.GPGV
                .run(office.work(), "--keyring", "./gpg/release.gpg", "web-1.0.0.zip.sig", "web-1.0.0.zip")
                .assertStatus(0);
    }

    @Test
    @Order(2)
    void anImageGoesTheSameWay() throws IOException {
        String image = images.host() + "/team/web:1";
        String digest = images.push("team/web:1", "web");
        var required = new ArrayList<>(List.of("image", "verify", image, "--keyring", keyring()));
        required.addAll(REQUIRED);
        command(office.environment(), required).assertStatus(1);
        run("image", "sign", image, "--as", "build", "--as", "release").assertStatus(0);
        command(office.environment(), required).assertStatus(0).assertSays(digest);
        var logged = new ArrayList<>(required);
        logged.addAll(List.of("--log", logKey()));
        command(office.environment(), logged).assertStatus(0).assertSays(", logged as entry ");
        String bare = images.host() + "/team/web:bare";
        images.push("team/web:bare", "bare");
        run("image", "sign", bare, "--as", "build", "--as", "release", "--no-receipt")
                .assertStatus(0);
        required.set(2, bare);
        command(office.environment(), required).assertStatus(0);
        logged.set(2, bare);
        command(office.environment(), logged).assertStatus(1).assertSays("no receipt lies beside it");
        required.set(2, image);
        images.push("team/web:1", "another");
        command(office.environment(), required).assertStatus(1).assertSays("still needs");
    }

    @Test
    @Order(3)
    void aReplacedArtifactIsRefused() throws IOException {
        Files.copy(
                packages.resolve("tool-1.0.0.zip"),
                nginx.files().resolve("web/1.0.0/web-1.0.0.zip"),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(fetch(raw()), "key did not sign this content");
        Path served = packages.resolve("web-1.0.0.zip");
        String octets = Files.readString(served, StandardCharsets.ISO_8859_1);
        assertTrue(octets.contains("# web"));
        Files.writeString(served, octets.replace("# web", "# wob"), StandardCharsets.ISO_8859_1);
        assertRefused(fetch(packaged("web", "1.0.0")), "key did not sign this content");
    }

    @Test
    @Order(4)
    void aRemovedSignatureIsMissed() throws IOException, InterruptedException {
        Files.delete(nginx.files().resolve("web/1.0.0/web-1.0.0.zip.build.asc"));
        assertRefused(fetch(raw()), "still needs signatures of build");
        Files.delete(packages.resolve("web-1.0.0.zip.build.asc"));
        assertRefused(fetch(packaged("web", "1.0.0")), "still needs signatures of build");
        Files.delete(packages.resolve("web-1.0.0.zip.sig"));
        Thread.sleep(1_100); // the registry sees it a second later
        fetch(packaged("web", "1.0.0")).assertStatus(5).assertSays("has no web-1.0.0.zip");
        server.shell("curl -f $U/readyz")
                .assertStatus(0)
                .assertSays("web-1.0.0.zip is not handed out: it is not signed");
    }

    @Test
    @Order(5)
    void signaturesOfAnotherPackageDoNotCount() throws IOException {
        for (String suffix : List.of(".sig", ".build.asc")) {
            Files.copy(
                    packages.resolve("tool-1.0.0.zip" + suffix),
                    packages.resolve("web-1.0.0.zip" + suffix),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertRefused(fetch(packaged("web", "1.0.0")), "key did not sign this content");
    }

    /// Under the name of a new one: every signature is good, and its receipts have another name.
    @Test
    @Order(6)
    void anOldVersionIsNoNewOne() throws IOException, InterruptedException {
        Path folder = nginx.files().resolve("web/1.0.0");
        for (String suffix : List.of("", ".sig", ".sig.tlog-proof", ".build.asc", ".build.asc.tlog-proof")) {
            Files.copy(folder.resolve("web-1.0.0.zip" + suffix), folder.resolve("web-2.0.0.zip" + suffix));
            Files.copy(packages.resolve("web-1.0.0.zip" + suffix), packages.resolve("web-2.0.0.zip" + suffix));
        }
        String address = nginx.url() + "/web/1.0.0/web-2.0.0.zip";
        assertRefused(fetch(address, "--log", logKey(), "--named"), "web-1.0.0.zip");
        Thread.sleep(1_100);
        fetch(packaged("web", "2.0.0")).assertStatus(5).assertSays("has no web-2.0.0.zip");
    }

    @Test
    @Order(7)
    void aRevokedKeysSignatureDoesNotCount() throws IOException {
        office.run("key", "revoke", "release", "--reason", "compromised").assertStatus(0);
        assertRefused(fetch(packaged("tool", "1.0.0")), "revoked");
        assertRefused(fetch(raw()), "revoked");
        assertTrue(Files.exists(packages.resolve("tool-1.0.0.zip")));
    }
}
