// SPDX-License-Identifier: Apache-2.0
package dev.chancery.launcher;

import static dev.chancery.launcher.Installation.script;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./chancery` and `./build` of a source tree, with a `build` or an `mvn` that only pretends.
class SourceTreeIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final String FIRST = "1".repeat(40);
    private static final String SECOND = "2".repeat(40);

    @TempDir
    Path temporary;

    private Installation installed;
    private Path tree;

    @BeforeEach
    void lay() throws IOException {
        installed = Installation.in(temporary);
        tree = Files.createDirectory(temporary.resolve("source tree"));
        Files.copy(PROJECT.resolve("chancery"), tree.resolve("chancery"), StandardCopyOption.COPY_ATTRIBUTES);
        script(tree.resolve("build"), """
                cd "${0%/*}" || exit
                echo "building $*" | tee -a builds
                [ -z "$BROKEN" ] || exit 1
                mkdir -p tools/cli/target
                rm -rf tools/cli/target/chancery
                cp -R "../my app" tools/cli/target/chancery
                touch -d @1000 tools/cli/target/chancery/lib/app.sha256
                """);
    }

    @Test
    void theFirstStartBuildsAndSaysSoInOneLine() throws Exception {
        Run first = start();
        assertEquals(0, first.status());
        assertTrue(first.text().startsWith("version 1\n"), first.text());
        assertEquals(1, first.errors().lines().count(), first.errors());
        assertTrue(first.errors().startsWith("chancery: building once"), first.errors());
        assertBuilds(1);

        assertEquals("", start().errors());
        Path link = Files.createSymbolicLink(temporary.resolve("link"), tree.resolve("chancery"));
        assertEquals(
                "",
                Run.of(Path.of("/"), environment(Map.of()), link.toString(), "show")
                        .errors());
        assertBuilds(1);
    }

    @Test
    void itBuildsAgainWhenHeadMoves() throws Exception {
        git("HEAD", "ref: refs/heads/main");
        git("refs/heads/main", FIRST);
        git("logs/HEAD", "moved");
        start();
        start();
        assertBuilds(1);

        git("refs/heads/main", SECOND);
        assertTrue(start().errors().startsWith("chancery: building"));
        start();
        assertBuilds(2);

        git("HEAD", FIRST);
        start();
        assertBuilds(3);

        git("HEAD", "ref: refs/heads/packed");
        git("packed-refs", "# pack-refs with: peeled\n" + FIRST + " refs/heads/packed\n" + SECOND + " refs/tags/v1");
        start();
        assertBuilds(3);
        git("packed-refs", SECOND + " refs/heads/packed");
        start();
        assertBuilds(4);
    }

    @Test
    void aBuildByHandAfterHeadMovedIsTaken() throws Exception {
        git("HEAD", FIRST);
        git("logs/HEAD", "moved");
        start();
        git("HEAD", SECOND);
        Files.setLastModifiedTime(
                tree.resolve("tools/cli/target/chancery/lib/app.sha256"),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals("", start().errors());
        assertBuilds(1);
    }

    @Test
    void aWorktreeHasItsOwnHeadAndTheCommonRefs() throws Exception {
        Path common = Files.createDirectories(temporary.resolve("origin/.git/worktrees/tree"));
        Files.writeString(tree.resolve(".git"), "gitdir: " + common + "\n");
        Files.writeString(common.resolve("HEAD"), "ref: refs/heads/topic\n");
        Files.writeString(common.resolve("commondir"), "../..\n");
        Path ref = temporary.resolve("origin/.git/refs/heads/topic");
        Files.createDirectories(ref.getParent());
        Files.writeString(ref, FIRST + "\n");
        start();
        start();
        assertBuilds(1);
        Files.writeString(ref, SECOND + "\n");
        start();
        assertBuilds(2);
    }

    @Test
    void aBuildThatFailsIsShownAndTriedAgain() throws Exception {
        Run run = Run.of(temporary, environment(Map.of("BROKEN", "1")), tree + "/chancery", "show");
        assertEquals(5, run.status());
        assertEquals("", run.text());
        assertTrue(run.errors().contains("\nbuilding -B -q "), run.errors());
        assertTrue(run.errors().contains("target/launcher-build.log"), run.errors());
        assertEquals(0, start().status());
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        var starts = List.of(background(), background());
        for (Process start : starts) {
            assertEquals(0, start.waitFor());
        }
        assertBuilds(1);
    }

    @Test
    void buildRunsMavenOnTheJdkItFound() throws Exception {
        Files.copy(
                PROJECT.resolve("build"),
                tree.resolve("build"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        Path finder = tree.resolve("tools/cli/src/main/launcher/find-jdk.sh");
        Files.createDirectories(finder.getParent());
        Files.copy(Installation.PACKAGED.resolve("lib/find-jdk.sh"), finder);
        Path bin = Files.createDirectory(temporary.resolve("bin"));
        script(bin.resolve("mvn"), "echo \"$PWD|$JAVA_HOME|$*\"; exit 3");
        var environment = environment(Map.of("PATH", bin + ":" + System.getenv("PATH")));

        Run run = Run.of(Path.of("/"), environment, tree + "/build", "-q", "a b");
        assertEquals(3, run.status());
        assertEquals(tree + "|" + Installation.JAVA_HOME + "|-q a b\n", run.text());
        assertTrue(Run.of(tree, environment, "./build").text().endsWith("|verify\n"));

        Files.writeString(finder, Files.readString(finder).replace("jdk_least=25", "jdk_least=999"));
        Run without = Run.of(tree, environment, "./build");
        assertEquals(5, without.status());
        assertTrue(without.errors().contains("hint: install one"), without.errors());
        assertFalse(without.text().contains("verify"));
    }

    private Run start() throws IOException, InterruptedException {
        return Run.of(temporary, environment(Map.of()), tree + "/chancery", "show");
    }

    private Process background() throws IOException {
        return Run.builder(temporary, environment(Map.of()), tree + "/chancery", "show")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Map<String, String> environment(Map<String, String> more) {
        var all = new HashMap<>(installed.environment());
        all.put("CHANCERY_NO_CACHE", "1");
        all.putAll(more);
        return all;
    }

    private void git(String file, String content) throws IOException {
        Path path = tree.resolve(".git").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content + "\n");
    }

    private void assertBuilds(int expected) throws IOException {
        assertEquals(expected, Files.readAllLines(tree.resolve("builds")).size());
    }
}
