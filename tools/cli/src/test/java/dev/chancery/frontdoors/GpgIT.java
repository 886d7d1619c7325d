// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// `chancery-gpg` where tools want a gpg: git, Maven's plugin, rpmsign, and a pipe.
@ResourceLock(Office.MAVEN_REPOSITORY)
class GpgIT {
    private static final String SHIM =
            Office.PACKAGED.resolve("bin/chancery-gpg").toString();

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void makeOffice() {
        office = Office.in(root);
        office.authority("release", "openpgp", "ed25519");
        office.keyring();
    }

    /// With the office in the environment, as a developer or a build has it.
    private static Answer run(StockTool tool, Path directory, String... arguments) {
        var environment = new HashMap<>(office.environment());
        environment.putAll(Map.of(
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_AUTHOR_NAME", "Somebody",
                "GIT_AUTHOR_EMAIL", "somebody@example.org",
                "GIT_COMMITTER_NAME", "Somebody",
                "GIT_COMMITTER_EMAIL", "somebody@example.org"));
        return tool.run(directory, environment, List.of(arguments), "");
    }

    private static Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    private static Answer git(Path repository, String... arguments) {
        var all = new ArrayList<>(List.of("-c", "gpg.program=" + SHIM, "-c", "user.signingKey=release"));
        all.addAll(List.of(arguments));
        return run(StockTool.GIT, repository, all.toArray(String[]::new));
    }

    private static void assertGpgvAccepts(Path signature, Path file) {
        StockTool.GPGV
                .run(
                        office.work(),
                        "--status-fd",
                        "1",
                        "--keyring",
                        office.certificate("release").toString(),
                        signature.toString(),
                        file.toString())
                .assertStatus(0)
                .assertSays("[GNUPG:] GOODSIG ");
    }

    @Test
    void gitSignsAndVerifiesCommitsAndTags() throws IOException {
        Path repository = directory("repository");
        git(repository, "init", "-q").assertStatus(0);
        git(repository, "commit", "-q", "--allow-empty", "-S", "-m", "one").assertStatus(0);
        git(repository, "tag", "-s", "v1/2", "-m", "two").assertStatus(0);
        git(repository, "verify-commit", "HEAD").assertStatus(0).assertSays("authority release");
        git(repository, "verify-tag", "--raw", "v1/2").assertStatus(0).assertSays("[GNUPG:] GOODSIG ");
        String fingerprint = git(repository, "log", "-1", "--format=%G? %GS %GT %GP")
                .assertStatus(0)
                .output()
                .strip();
        assertTrue(fingerprint.matches("G release fully [0-9A-F]{40}"), fingerprint);
        String audit = Files.readString(root.resolve("office/audit.jsonl"));
        assertTrue(audit.contains("\"artifact\":\"git-commit\""), audit);
        assertTrue(audit.contains("\"artifact\":\"git-tag-v1-2\""), audit);
    }

    /// The tag's own bytes and its signature, taken apart as git does, before gpgv.
    @Test
    void aTagOfGitIsAcceptedByGpgvAndAChangedOneByNobody() throws IOException {
        Path repository = directory("changed");
        git(repository, "init", "-q").assertStatus(0);
        git(repository, "commit", "-q", "--allow-empty", "-m", "one").assertStatus(0);
        git(repository, "tag", "-s", "v1", "-m", "a release").assertStatus(0);
        String tag = git(repository, "cat-file", "tag", "v1").assertStatus(0).output();
        int cut = tag.indexOf("-----BEGIN PGP SIGNATURE-----");
        Path content = Files.writeString(repository.resolve("content"), tag.substring(0, cut));
        Path signature = Files.writeString(repository.resolve("content.asc"), tag.substring(cut));
        assertGpgvAccepts(signature, content);

        Path changed = Files.writeString(repository.resolve("tag"), tag.replace("a release", "another"));
        String name = git(repository, "hash-object", "-t", "tag", "-w", changed.toString())
                .assertStatus(0)
                .output()
                .strip();
        git(repository, "verify-tag", name).assertFails().assertSays("did not sign this content");
        git(repository, "-c", "user.signingKey=nobody", "tag", "-s", "v2", "-m", "x")
                .assertFails()
                .assertSays("gpg failed to sign the data");
        assertEquals("v1\n", git(repository, "tag").output());
    }

    @Test
    void mavenDeploysWhatTheOfficeSigned() throws IOException {
        Path project = directory("project");
        Path repository = project.resolve("repository");
        Files.writeString(project.resolve("pom.xml"), """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId>
              <artifactId>thing</artifactId>
              <version>1</version>
              <packaging>jar</packaging>
              <distributionManagement>
                <repository><id>folder</id><url>%s</url></repository>
              </distributionManagement>
              <build>
                <plugins>
                  <plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-gpg-plugin</artifactId>
                    <version>3.2.8</version>
                    <executions>
                      <execution><phase>verify</phase><goals><goal>sign</goal></goals></execution>
                    </executions>
                  </plugin>
                </plugins>
              </build>
            </project>
            """.formatted(repository.toUri()));
        var arguments = List.of(
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + Path.of(Office.MAVEN_REPOSITORY).toAbsolutePath(),
                "-Dgpg.executable=" + SHIM,
                "-Dgpg.keyname=release",
                "-Dmaven.test.skip",
                "deploy");
        run(StockTool.MVN, project, arguments.toArray(String[]::new))
                .assertStatus(0)
                .assertSays(":3.2.8:sign")
                .assertSays("BUILD SUCCESS");
        for (String name : List.of("thing-1.pom", "thing-1.jar")) {
            Path file = repository.resolve("org/example/thing/1").resolve(name);
            assertGpgvAccepts(file.resolveSibling(name + ".asc"), file);
        }
    }

    @Test
    void rpmsignSignsAPackageThatRpmkeysAccepts() throws IOException {
        Path directory = directory("rpm");
        Files.writeString(directory.resolve("thing.spec"), """
                Name: thing
                Version: 1
                Release: 1
                Summary: A thing
                License: Apache-2.0
                BuildArch: noarch
                %description
                A thing.
                %files
                """);
        String built = directory.resolve("RPMS/noarch/thing-1-1.noarch.rpm").toString();
        run(StockTool.RPMBUILD, directory, "-D", "_topdir " + directory, "-bb", "thing.spec")
                .assertStatus(0);
        run(StockTool.RPMSIGN, directory, "-D", "__gpg " + SHIM, "-D", "_gpg_name release", "--addsign", built)
                .assertStatus(0);
        String database = directory("rpm/db").toString();
        run(
                        StockTool.RPMKEYS,
                        directory,
                        "--dbpath",
                        database,
                        "--import",
                        office.armoredCertificate("release").toString())
                .assertStatus(0);
        run(StockTool.RPMKEYS, directory, "--dbpath", database, "-D", "_pkgverify_level all", "--checksig", built)
                .assertStatus(0)
                .assertSays("digests signatures OK");
    }

    /// As a shell has it, where standard input is a pipe and the signature goes through one.
    @Test
    void whatComesThroughAPipeIsSigned() throws IOException {
        Path directory = directory("pipe");
        Path file = Files.writeString(directory.resolve("file"), "through a pipe\n");
        run(StockTool.SH, directory, "-c", "cat file | '%s' -u release -b | cat > file.sig".formatted(SHIM))
                .assertStatus(0);
        assertGpgvAccepts(directory.resolve("file.sig"), file);
        String chancery = Office.PACKAGED.resolve("bin/chancery").toString();
        run(
                        StockTool.SH,
                        directory,
                        "-c",
                        "cat file | '%s' sign --as release --format openpgp | cat > file.asc".formatted(chancery))
                .assertStatus(0);
        assertGpgvAccepts(directory.resolve("file.asc"), file);
        run(StockTool.SH, directory, "-c", "cat file | '%s' --verify file.asc -".formatted(SHIM))
                .assertStatus(0);
    }
}
