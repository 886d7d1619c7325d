// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.ServedOffice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server's registry of packages: who may publish what, and what an installer sees.
class RegistryTest {
    private static final int BYTES_MAX = 100_000;

    @TempDir
    private Path root;

    private ServedOffice office;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        office = ServedOffice.in(root);
        client = HttpClient.newBuilder()
                .sslContext(ServedOffice.trusting(root.resolve("certificate.pem")))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        office.close();
    }

    /// An unsigned package.
    private Path built(String name, String version, String description) throws IOException {
        Path tree = Files.createDirectories(root.resolve("trees/%s-%s".formatted(name, version)));
        Files.createDirectories(tree.resolve("docs"));
        Files.writeString(tree.resolve("docs/README.md"), "# " + name + "\n");
        Files.writeString(tree.resolve("manifest.yml"), """
                format_version: 3.0.0
                name: %s
                title: %s
                version: %s
                description: %s
                """.formatted(name, name, version, description));
        Path zip = office.file("%s-%s.zip".formatted(name, version));
        Files.deleteIfExists(zip);
        ServedOffice.run(
                        Map.of(),
                        List.of(
                                "package",
                                "build",
                                tree.toString(),
                                "--output",
                                root.resolve("work").toString()))
                .assertStatus(0);
        return zip;
    }

    private Path signed(String name, String version) throws IOException {
        Path zip = built(name, version, "A package.");
        office.run("package", "sign", zip.toString(), "--as", "release").assertStatus(0);
        return zip;
    }

    private String place(String name) {
        return "%s/epr/%s".formatted(office.url(), name);
    }

    private ServedOffice.Said withPlace(String... words) {
        var environment = new HashMap<>(office.environment());
        environment.put("CHANCERY_PLACE_TOKEN_FILE", root.resolve("token").toString());
        return ServedOffice.run(environment, List.of(words));
    }

    private ServedOffice.Said publish(Path zip, String name, String who) {
        return withPlace(
                "publish",
                zip.toString(),
                "--to",
                place(name),
                "--require",
                who,
                "--keyring",
                office.keyring(),
                "--place-certificate",
                root.resolve("certificate.pem").toString());
    }

    private ServedOffice.Said fetch(String name, String version, String... more) throws IOException {
        var words = new java.util.ArrayList<>(List.of(
                "fetch",
                "%s/%s-%s.zip".formatted(place(name), name, version),
                "--require",
                "release",
                "--keyring",
                office.keyring(),
                "--output",
                Files.createDirectories(root.resolve("installed")).toString(),
                "--place-certificate",
                root.resolve("certificate.pem").toString()));
        words.addAll(List.of(more));
        return ServedOffice.run(Map.of(), words);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(office.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String path, byte[] body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(office.url() + path))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + Files.readString(root.resolve("token"))
                                                .strip())
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void put(int status, String path, Path file) throws IOException, InterruptedException {
        var answer = put(path, Files.readAllBytes(file));
        assertEquals(status, answer.statusCode(), answer::body);
    }

    private List<String> handedOut() throws IOException {
        try (var files = Files.list(root.resolve("packages"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsPublishedIsInstalled() throws IOException, InterruptedException {
        Path zip = signed("web", "1.0.0");
        publish(zip, "web", "release").assertStatus(0);
        assertEquals(List.of("web-1.0.0.zip", "web-1.0.0.zip.sig", "web-1.0.0.zip.sig.tlog-proof"), handedOut());
        var found = get("/search");
        assertTrue(found.body().contains("\"signature_path\":\"/epr/web/web-1.0.0.zip.sig\""), found::body);
        assertTrue(get("/package/web/1.0.0/").body().contains("\"format_version\": \"3.0.0\""));
        fetch("web", "1.0.0", "--log", office.logKey(), "--named").assertStatus(0);
        assertArrayEquals(Files.readAllBytes(zip), Files.readAllBytes(root.resolve("installed/web-1.0.0.zip")));
        publish(zip, "web", "release").assertStatus(0).assertSays("there already");
        assertEquals(List.of(), waiting());
    }

    private List<Path> waiting() throws IOException {
        try (var files = Files.walk(root.resolve("packages/.incoming"))) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith("lock"))
                    .toList();
        }
    }

    /// `acme` is another organisation with keys of its own, of which the server has the public ones.
    @Test
    void eachPublisherHasNamesOfItsOwn() throws IOException, InterruptedException {
        var acme = Map.of("CHANCERY_HOME", root.resolve("acme").toString());
        ServedOffice.run(acme, List.of("init")).assertStatus(0);
        ServedOffice.run(acme, List.of("authority", "add", "acme", "--format", "openpgp"))
                .assertStatus(0);
        try (var keys = Files.list(root.resolve("acme/keyring"))) {
            for (Path key : keys.toList()) {
                Files.copy(key, root.resolve("office/keyring").resolve(key.getFileName()));
            }
        }
        Path tool = built("acme_tool", "1.0.0", "A package.");
        ServedOffice.run(acme, List.of("package", "sign", tool.toString(), "--as", "acme"))
                .assertStatus(0);
        publish(tool, "acme_tool", "acme").assertStatus(0);

        Path stolen = built("web", "9.0.0", "Not of acme.");
        ServedOffice.run(acme, List.of("package", "sign", stolen.toString(), "--as", "acme"))
                .assertStatus(0);
        publish(stolen, "web", "acme").assertStatus(4).assertSays("answers 403 to a PUT");
        put(201, "/epr/web/web-9.0.0.zip.sig", Path.of(stolen + ".sig"));
        var refused = put("/epr/web/web-9.0.0.zip", Files.readAllBytes(stolen));
        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("\"rule\":\"not-accepted\""), refused::body);
        assertTrue(refused.body().contains("release"), refused::body);

        Path free = built("free", "1.0.0", "Nobody's.");
        ServedOffice.run(acme, List.of("package", "sign", free.toString(), "--as", "acme"))
                .assertStatus(0);
        put(201, "/epr/free/free-1.0.0.zip.sig", Path.of(free + ".sig"));
        assertTrue(put("/epr/free/free-1.0.0.zip", Files.readAllBytes(free))
                .body()
                .contains("no rule of the publishers' policy is for free-1.0.0.zip"));
        assertEquals(List.of("acme_tool-1.0.0.zip", "acme_tool-1.0.0.zip.sig"), handedOut());
    }

    /// What somebody can do who has the disk, or is on the way.
    @Test
    void anInstallerSeesWhatWasDone() throws IOException, InterruptedException {
        Path first = signed("web", "1.0.0");
        Path second = signed("web", "1.1.0");
        publish(first, "web", "release").assertStatus(0);
        publish(second, "web", "release").assertStatus(0);
        Path served = root.resolve("packages/web-1.1.0.zip");
        byte[] good = Files.readAllBytes(served);

        // Replaced.
        byte[] other = good.clone();
        other[good.length / 2] ^= 1;
        Files.write(served, other);
        fetch("web", "1.1.0").assertStatus(1).assertSays("release's key did not sign this content");
        Files.write(served, good);

        // The signature of another version.
        Path signature = root.resolve("packages/web-1.1.0.zip.sig");
        byte[] its = Files.readAllBytes(signature);
        Files.copy(root.resolve("packages/web-1.0.0.zip.sig"), signature, StandardCopyOption.REPLACE_EXISTING);
        fetch("web", "1.1.0").assertStatus(1).assertSays("release's key did not sign this content");

        // Taken away: it is no package any more.
        Files.delete(signature);
        Thread.sleep(1_100); // what changes in the folder is seen a second later
        assertEquals(404, get("/epr/web/web-1.1.0.zip").statusCode());
        assertEquals(404, get("/epr/web/web-1.1.0.zip.sig").statusCode());
        assertFalse(get("/search?all=true").body().contains("1.1.0"));
        assertTrue(get("/readyz").body().contains("web-1.1.0.zip is not handed out: it is not signed"));
        Files.write(signature, its);

        // The old version under the name of a new one: its folder is called otherwise.
        for (String suffix : List.of("", ".sig", ".sig.tlog-proof")) {
            Files.copy(
                    root.resolve("packages/web-1.0.0.zip" + suffix), root.resolve("packages/web-2.0.0.zip" + suffix));
        }
        Thread.sleep(1_100);
        assertEquals(404, get("/epr/web/web-2.0.0.zip").statusCode());
        assertTrue(get("/readyz").body().contains("package has no file web-2.0.0/manifest.yml"));
        fetch("web", "1.0.0").assertStatus(0);
    }

    @Test
    void nothingIsReplaced() throws IOException, InterruptedException {
        Path zip = signed("web", "1.0.0");
        publish(zip, "web", "release").assertStatus(0);
        byte[] first = Files.readAllBytes(root.resolve("packages/web-1.0.0.zip"));
        built("web", "1.0.0", "Another.");
        for (String suffix : List.of(".sig", ".sig.tlog-proof")) {
            Files.delete(Path.of(zip + suffix));
        }
        office.run("package", "sign", zip.toString(), "--as", "release").assertStatus(0);
        publish(zip, "web", "release").assertStatus(4).assertSays("has another");
        put(409, "/epr/web/web-1.0.0.zip.sig", Path.of(zip + ".sig"));
        put(409, "/epr/web/web-1.0.0.zip", zip);
        assertArrayEquals(first, Files.readAllBytes(root.resolve("packages/web-1.0.0.zip")));
    }

    @Test
    void whatIsRefusedLeavesNothing() throws IOException, InterruptedException {
        Path zip = signed("web", "1.0.0");
        put(403, "/epr/web/web-1.0.0.zip", zip); // without its signature
        Path wrong = signed("tool", "1.0.0");
        Path renamed = Files.copy(wrong, office.file("tool-1.0.1.zip"));
        put(201, "/epr/tool/tool-1.0.1.zip.sig", Path.of(wrong + ".sig"));
        var answer = put("/epr/tool/tool-1.0.1.zip", Files.readAllBytes(renamed));
        assertEquals(400, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("package has no file tool-1.0.1/manifest.yml"), answer::body);
        put(404, "/epr/web/tool-1.0.1.zip", renamed);
        put(400, "/epr/web/web.zip", renamed);
        put(400, "/epr/web/web-1.0.0.zip.", renamed);
        assertEquals(List.of(), handedOut());
        assertEquals(1, waiting().size(), () -> "its signature may be of use");
        // Nobody else sees it.
        assertEquals(404, get("/epr/tool/tool-1.0.1.zip.sig").statusCode());
    }

    /// A signature may be brought again as long as its package is not there.
    @Test
    void whatWaitsIsReplacedAndForgotten() throws IOException, InterruptedException {
        Path zip = signed("web", "1.0.0");
        assertEquals(201, put("/epr/web/web-1.0.0.zip.sig", new byte[] {1}).statusCode());
        put(201, "/epr/web/web-1.0.0.zip.sig", Path.of(zip + ".sig"));
        Path waits = waiting().getFirst();
        Files.setLastModifiedTime(waits, FileTime.from(Instant.now().minus(Duration.ofHours(23))));
        assertEquals(201, put("/epr/web/web-1.0.1.zip.sig", new byte[] {1}).statusCode());
        assertTrue(Files.exists(waits));
        Files.setLastModifiedTime(
                waits, FileTime.from(Clock.systemUTC().instant().minus(Duration.ofHours(25))));
        assertEquals(201, put("/epr/web/web-1.0.1.zip.sig", new byte[] {1}).statusCode());
        assertFalse(Files.exists(waits));
        put(403, "/epr/web/web-1.0.0.zip", zip);
        put(201, "/epr/web/web-1.0.0.zip.sig", Path.of(zip + ".sig"));
        put(201, "/epr/web/web-1.0.0.zip", zip);
        assertEquals(List.of("web-1.0.0.zip", "web-1.0.0.zip.sig"), handedOut());
    }

    /// What a killed server had begun is not in the way, and goes after a day.
    @Test
    void anUploadThatWasCutOffIsForgotten() throws IOException, InterruptedException {
        Path zip = signed("web", "1.0.0");
        put(201, "/epr/web/web-1.0.0.zip.sig", Path.of(zip + ".sig"));
        Path mine = Objects.requireNonNull(waiting().getFirst().getParent());
        Path cut = Files.createDirectory(mine.resolve(".upload-1"));
        Path half = Files.writeString(cut.resolve("web-1.0.0.zip"), "half");
        put(201, "/epr/web/web-1.0.0.zip", zip);
        assertTrue(Files.exists(half));
        Files.setLastModifiedTime(cut, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        assertEquals(201, put("/epr/web/web-1.0.1.zip.sig", new byte[] {1}).statusCode());
        assertFalse(Files.exists(cut));
    }

    @Test
    void whatComesInHasLimits() throws IOException, InterruptedException {
        int signature = 1 << 16;
        assertEquals(201, put("/epr/web/web-1.0.0.zip.sig", new byte[signature]).statusCode());
        assertEquals(
                413, put("/epr/web/web-1.0.0.zip.sig", new byte[signature + 1]).statusCode());
        assertEquals(403, put("/epr/web/web-1.0.0.zip", new byte[BYTES_MAX]).statusCode());
        var answer = put("/epr/web/web-1.0.0.zip", new byte[BYTES_MAX + 1]);
        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("\"limit_bytes\":100000"), answer::body);
        for (int i = 1; i < 256; i++) {
            assertEquals(
                    201,
                    put("/epr/web/web-1.0.%d.zip.sig".formatted(i), new byte[1]).statusCode());
        }
        assertEquals(503, put("/epr/web/web-2.0.0.zip.sig", new byte[1]).statusCode());
        assertEquals(201, put("/epr/web/web-1.0.9.zip.sig", new byte[1]).statusCode());
    }

    /// As after the power went while a package got its names.
    @Test
    void aSignatureThatWasLeftBehindIsNotInTheWay() throws IOException, InterruptedException {
        Path zip = signed("web", "1.0.0");
        Files.writeString(root.resolve("packages/web-1.0.0.zip.sig"), "of before");
        assertEquals(404, get("/epr/web/web-1.0.0.zip.sig").statusCode());
        publish(zip, "web", "release").assertStatus(0);
        assertArrayEquals(
                Files.readAllBytes(Path.of(zip + ".sig")),
                Files.readAllBytes(root.resolve("packages/web-1.0.0.zip.sig")));
    }
}
