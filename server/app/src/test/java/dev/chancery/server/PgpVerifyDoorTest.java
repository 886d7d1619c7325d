// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Maven's pgpverify plugin, with the keysmap that the server hands out and the keys that its key server has.
///
/// A project depends on an artifact of a repository in a folder, which the authority's key has signed. Maven keeps the
/// plugin, which it fetches from the registry, under `target`.
class PgpVerifyDoorTest {
    private static final String PLUGIN = "org.simplify4u.plugins:pgpverify-maven-plugin:1.18.2:check";
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>%s</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
              %s
            </project>
            """;

    @TempDir
    private static Path directory;

    private static Server server;
    private static GnupgKey key;
    private static GnupgKey stranger;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("policies"));
        server = AwayServer.in(directory).server();
        key = GnupgKey.make(directory.resolve("home"), "Release <release@example.org>");
        stranger = GnupgKey.make(directory.resolve("stranger"), "Stranger <stranger@example.org>");
        Files.write(directory.resolve("keyring/stranger.openpgp.asc"), stranger.exported());
        Files.write(directory.resolve("keyring/release.openpgp.asc"), key.exported());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        key.close();
        stranger.close();
    }

    /// A dependency in a repository, signed by this key, and a project that wants it.
    private static Path project(String name, GnupgKey signer) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(directory.resolve(name + "/repository/org/example/thing-" + name + "/1"));
        Path pom = Files.writeString(
                folder.resolve("thing-%s-1.pom".formatted(name)),
                POM.formatted("org.example", "thing-" + name, "1", "<packaging>pom</packaging>"));
        signer.gpg("--armor", "--detach-sign", pom.toString());
        Files.writeString(
                directory.resolve(name).resolve("pom.xml"), POM.formatted("org.example", "project", "1", """
                        <packaging>pom</packaging>
                        <repositories>
                          <repository>
                            <id>folder-%1$s</id>
                            <url>%2$s</url>
                          </repository>
                        </repositories>
                        <dependencies>
                          <dependency>
                            <groupId>org.example</groupId>
                            <artifactId>thing-%1$s</artifactId>
                            <version>1</version>
                            <type>pom</type>
                          </dependency>
                        </dependencies>
                        """.formatted(
                        name, directory.resolve(name).resolve("repository").toUri())));
        return directory.resolve(name);
    }

    /// The authority's keysmap as it is handed out, for the group of our dependency.
    private static Path keysMap() throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/v1/keyring/for/pgpverify/release.keysmap"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        var lines = answer.body()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        assertTrue(lines.stream().allMatch(line -> line.startsWith("*")), lines::toString);
        return Files.writeString(
                directory.resolve("keysmap"),
                String.join(
                                "\n",
                                lines.stream()
                                        .map(line -> "org.example" + line.substring(1))
                                        .toList()) + "\n");
    }

    private static StockTool.Said verify(Path project, Path keysMap) throws IOException, InterruptedException {
        return StockTool.run(
                "mvn",
                "-B",
                "-ntp",
                "-f",
                project.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + Path.of("target/pgpverify").toAbsolutePath(),
                "-Dpgpverify.keyserver=hkp://127.0.0.1:" + server.address().getPort(),
                "-Dpgpverify.keysMapLocation=" + keysMap,
                PLUGIN);
    }

    @Test
    void mavenTakesWhatTheAuthoritySignedAndNothingElse() throws Exception {
        Path keysMap = keysMap();
        Path target = Path.of("target/pgpverify/org/example").toAbsolutePath();
        for (String name : List.of("ours", "theirs")) {
            StockTool.run("rm", "-rf", target.resolve("thing-" + name).toString());
        }
        var taken = verify(project("ours", key), keysMap);
        assertEquals(0, taken.exit(), taken.text());
        assertTrue(taken.text().contains("thing-ours"), taken.text());
        var refused = verify(project("theirs", stranger), keysMap);
        assertNotEquals(0, refused.exit(), refused.text());
        assertTrue(refused.text().contains("Not allowed artifact org.example:thing-theirs"), refused.text());
    }
}
