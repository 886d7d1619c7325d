// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// `chancery:sign` by a server and `chancery:verify`, in real builds, by whatever Maven and JDK the machine has.
@ResourceLock(Office.MAVEN_REPOSITORY)
class MavenIT {
    private static final Path MODULE = Path.of("../maven-plugin");
    private static final Path THING = Path.of("org/example/thing/1");

    @TempDir
    private static Path root;

    private static Office office;
    private static RunningServer server;
    /// What the project deploys to.
    private static Path published;
    /// The public keys that a project has verified by.
    private static Path keyring;
    private static Path cosign;
    private static Path policy;

    @BeforeAll
    static void deploy() throws IOException {
        StockTool.MVN.require();
        installPlugin();
        office = Office.none(root);
        RunningServer.start(office).close();
        server = RunningServer.start(office);
        keyring = office.keyring();
        cosign = root.resolve("for-cosign");
        office.run("keyring", "export", "--for", "cosign", cosign.toString()).assertStatus(0);
        published = root.resolve("published");
        policy = Files.writeString(root.resolve("policy.json"), """
            {"version": 1, "name": "build", "rules": [{"artifacts": ["thing-1.*"], "require": "build"}]}
            """);
        signed("thing", "<as><as>build</as></as>")
                .assertSays("build signed 3 files of org.example:thing:jar:1; attached: 12.");
    }

    /// Builds a jar and one more, has them signed, and deploys all.
    private static Answer signed(String name, String configuration) throws IOException {
        Path project = project(name, """
              <packaging>jar</packaging>
              <distributionManagement>
                <repository><id>published</id><url>%s</url></repository>
              </distributionManagement>
              <build><plugins>
                <plugin>
                  <artifactId>maven-jar-plugin</artifactId>
                  <executions>
                    <execution>
                      <id>extra</id>
                      <goals><goal>jar</goal></goals>
                      <configuration><classifier>extra</classifier></configuration>
                    </execution>
                  </executions>
                </plugin>
                %s
              </plugins></build>
            """.formatted(published.toUri(), plugin("sign", configuration)));
        return mvn(project, "deploy").assertStatus(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// As `./build -pl tools/maven-plugin -am install` puts it there.
    private static void installPlugin() throws IOException {
        String version = "0.1.0-SNAPSHOT";
        Path ours = Path.of(Office.MAVEN_REPOSITORY, "dev/chancery");
        Path parent = Files.createDirectories(ours.resolve("chancery").resolve(version));
        copy(Path.of("../../pom.xml"), parent.resolve("chancery-" + version + ".pom"));
        String name = "chancery-maven-plugin-" + version;
        Path folder = Files.createDirectories(ours.resolve("chancery-maven-plugin/" + version));
        copy(MODULE.resolve("pom.xml"), folder.resolve(name + ".pom"));
        copy(MODULE.resolve("target/" + name + ".jar"), folder.resolve(name + ".jar"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.write(to, Files.readAllBytes(from));
    }

    private static String plugin(String goal, String configuration) {
        return """
            <plugin>
              <groupId>dev.chancery</groupId>
              <artifactId>chancery-maven-plugin</artifactId>
              <version>0.1.0-SNAPSHOT</version>
              <executions><execution><goals><goal>%s</goal></goals></execution></executions>
              <configuration>
                <executable>%s</executable>
                %s
              </configuration>
            </plugin>
            """.formatted(goal, Office.PACKAGED.resolve("bin/chancery"), configuration);
    }

    private static Path project(String name, String content) throws IOException {
        Path project = Files.createDirectories(root.resolve(name));
        Files.writeString(project.resolve("pom.xml"), """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId>
              <artifactId>%s</artifactId>
              <version>1</version>
              <properties><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
            %s
            </project>
            """.formatted(name, content));
        return project;
    }

    private static Answer mvn(Path project, String... words) throws IOException {
        var environment = new HashMap<>(office.environment());
        environment.put("CHANCERY_SERVER", server.url());
        environment.put(
                "CHANCERY_SERVER_CERTIFICATE",
                server.directory().resolve("certificate.pem").toString());
        environment.put("CHANCERY_TOKEN", server.token());
        var all = new ArrayList<>(List.of(
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + Path.of(Office.MAVEN_REPOSITORY).toAbsolutePath(),
                "-Dmaven.test.skip"));
        all.addAll(List.of(words));
        return StockTool.MVN.run(project, environment, all, "");
    }

    /// As on another machine, which has never seen the project's artifacts.
    @BeforeEach
    void forget() throws IOException {
        delete(Path.of(Office.MAVEN_REPOSITORY, "org/example"));
        delete(root.resolve("other"));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void whatIsDeployedEveryoneVerifies() {
        for (String name : List.of("thing-1.pom", "thing-1.jar", "thing-1-extra.jar")) {
            Path file = published.resolve(THING).resolve(name);
            Path signature = file.resolveSibling(name + ".asc");
            String certificate = office.certificate("build").toString();
            StockTool.GPGV
                    .run(office.work(), "--keyring", certificate, signature.toString(), file.toString())
                    .assertStatus(0);
            StockTool.COSIGN
                    .run(
                            office.work(),
                            "verify-blob",
                            "--new-bundle-format",
                            "--trusted-root",
                            cosign.resolve("trusted_root.json").toString(),
                            "--insecure-ignore-tlog=true",
                            "--key",
                            cosign.resolve("build.cosign.pub").toString(),
                            "--bundle",
                            file + ".sigstore.json",
                            file.toString())
                    .assertStatus(0);
        }
    }

    /// A project that depends on what the other deployed, at a place of its own.
    private Answer build(String artifact, String configuration) throws IOException {
        Path repository = root.resolve("other");
        if (!Files.exists(repository)) {
            copyTree(published, repository);
        }
        Path project = project("user", """
              <packaging>pom</packaging>
              <repositories>
                <repository><id>other</id><url>%s</url></repository>
              </repositories>
              <dependencies>
                <dependency><groupId>org.example</groupId><artifactId>%s</artifactId><version>1</version></dependency>
              </dependencies>
              <build><plugins>%s</plugins></build>
            """.formatted(
                        repository.toUri(),
                        artifact,
                        plugin("verify", "<keyring>%s</keyring>%s".formatted(keyring, configuration))));
        return mvn(project, "initialize");
    }

    /// The same once more, with the repository at another URL.
    private static Answer again(String url) throws IOException {
        Path project = root.resolve("user");
        String text = Files.readString(project.resolve("pom.xml"));
        Files.writeString(
                project.resolve("pom.xml"), text.replaceFirst("<url>.*</url>", "<url>%s</url>".formatted(url)));
        return mvn(project, "initialize");
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    copy(file, copy);
                }
            }
        }
    }

    private static String byPolicy() {
        return "<policy>%s</policy>".formatted(policy);
    }

    @Test
    void dependenciesAreVerifiedByAPolicy() throws IOException {
        build("thing", byPolicy()).assertStatus(0).assertSays("Verified 2 files of 1 dependencies; 0 left out.");
        build("thing", "<require><require>build</require><require>release</require></require>")
                .assertFails()
                .assertSays("release");
        build("thing", "<require><require>release</require></require><excludes><exclude>org.*</exclude></excludes>")
                .assertStatus(0)
                .assertSays("Verified 0 files of 0 dependencies; 1 left out.");
    }

    @Test
    void receiptsAreDeployedAndCanBeDemanded() throws IOException {
        server.shell("curl --fail $U/log/key >log.vkey").assertStatus(0);
        String key = Files.readString(office.work().resolve("log.vkey")).strip();
        String options = byPolicy() + "<options><option>--log=%s</option></options>".formatted(key);
        build("thing", options).assertFails().assertSays("receipt");
        build("thing", options + "<suffixes>asc,asc.tlog-proof</suffixes>").assertStatus(0);
    }

    @Test
    void severalAuthoritiesSignForOneDeployment() throws IOException {
        signed("both", "<as>build,release</as><formats>openpgp</formats>")
                .assertSays("build, release signed 3 files of org.example:both:jar:1; attached: 12.");
        delete(Path.of(Office.MAVEN_REPOSITORY, "org/example"));
        String both = "<require>build,release</require>";
        build("both", both + "<suffixes>build.asc,release.asc</suffixes>").assertStatus(0);
        delete(Path.of(Office.MAVEN_REPOSITORY, "org/example"));
        build("both", both + "<suffixes>release.asc</suffixes>")
                .assertFails()
                .assertSays("still needs signatures of build");
    }

    @Test
    void anArtifactThatWasReplacedEndsTheBuild() throws IOException {
        build("thing", byPolicy()).assertStatus(0);
        Path jar = root.resolve("other").resolve(THING).resolve("thing-1.jar");
        Files.writeString(jar, "one byte more", StandardOpenOption.APPEND);
        Files.delete(jar.resolveSibling("thing-1.jar.sha1"));
        Files.delete(jar.resolveSibling("thing-1.jar.md5"));
        delete(Path.of(Office.MAVEN_REPOSITORY, "org/example"));
        build("thing", byPolicy()).assertFails().assertSays("thing-1.jar").assertSays("verify ends with 1");
    }

    @Test
    void aSignatureThatIsGoneEndsTheBuild() throws IOException {
        build("thing", byPolicy()).assertStatus(0);
        Path folder = root.resolve("other").resolve(THING);
        for (String suffix : List.of(".asc", ".sigstore.json")) {
            Files.delete(folder.resolve("thing-1.pom" + suffix));
        }
        delete(Path.of(Office.MAVEN_REPOSITORY, "org/example"));
        build("thing", byPolicy()).assertFails().assertSays("thing-1.pom").assertSays("verify ends with 1");
        build("thing", byPolicy() + "<poms>false</poms>")
                .assertStatus(0)
                .assertSays("Verified 1 files of 1 dependencies; 0 left out.");
    }

    @Test
    void aRepositoryThatDoesNotAnswerIsNotOneWithoutSignatures() throws IOException {
        build("thing", byPolicy()).assertStatus(0);
        Path local = Path.of(Office.MAVEN_REPOSITORY).resolve(THING);
        Files.delete(local.resolve("thing-1.jar.asc"));
        again("http://127.0.0.1:1/").assertFails().assertSays("cannot get org.example:thing:jar.asc:1");
    }

    @Test
    void whoMayNotSignDeploysNothing() throws IOException {
        Path folder = root.resolve("nowhere");
        Path project = project("unsigned", """
              <packaging>pom</packaging>
              <distributionManagement>
                <repository><id>published</id><url>%s</url></repository>
              </distributionManagement>
              <build><plugins>%s</plugins></build>
            """.formatted(folder.toUri(), plugin("sign", "<as><as>nobody</as></as>")));
        mvn(project, "deploy").assertFails().assertSays("nobody");
        assertFalse(Files.exists(folder));
        mvn(project, "verify", "-Dchancery.skip").assertStatus(0).assertSays("chancery.skip is set");
        String text = Files.readString(project.resolve("pom.xml"));
        String none = text.replaceFirst("<executable>.*</executable>", "<executable>none</executable>");
        Files.writeString(project.resolve("pom.xml"), none);
        mvn(project, "verify").assertFails().assertSays("cannot start none").assertSays("-Dchancery.executable");
    }
}
