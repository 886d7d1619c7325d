// SPDX-License-Identifier: Apache-2.0
package dev.chancery.launcher;

import static dev.chancery.launcher.Installation.fakeJdk;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How bin/chancery finds itself and a JVM, and what it lets through. All paths contain a space.
class LauncherIT {

    private static final Map<String, String> NO_CACHE = Map.of("CHANCERY_NO_CACHE", "1");

    @TempDir
    Path temporary;

    private Installation installed;

    @BeforeEach
    void install() throws IOException {
        installed = Installation.in(temporary);
    }

    @Test
    void itStartsThroughLinksFromAnyDirectory() throws Exception {
        Path links = Files.createDirectory(temporary.resolve("links"));
        Files.createSymbolicLink(links.resolve("relative"), Path.of("../my app/bin/chancery"));
        Files.createSymbolicLink(links.resolve("second"), links.resolve("relative"));
        var environment = new HashMap<>(installed.environment());
        environment.putAll(NO_CACHE);
        environment.put("PATH", links + ":" + environment.get("PATH"));

        assertStarts(Run.of(temporary, environment, "links/relative", "show"));
        assertStarts(Run.of(links, environment, "./second", "show"));
        assertStarts(Run.of(links, environment, "sh", "second", "show"));
        assertStarts(Run.of(Path.of("/"), environment, "sh", "-c", "second show"));
        assertStarts(Run.of(installed.app().resolve("bin"), environment, "sh", "chancery", "show"));
    }

    private static void assertStarts(Run run) {
        assertEquals("", run.errors());
        assertEquals(0, run.status());
        assertTrue(run.text().startsWith("version 1\n"), run.text());
    }

    @Test
    void itPassesArgumentsBytesAndExitStatusThrough() throws Exception {
        var bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        Run copied = Run.of(
                temporary, installed.environment(), bytes, installed.command().toString(), "cat");
        assertArrayEquals(bytes, copied.bytes());
        assertEquals("", copied.errors());

        assertEquals(
                "arguments||two  words|*|$HOME|line\nbreak|-Dx=y|@file",
                installed
                        .run(NO_CACHE, "arguments", "", "two  words", "*", "$HOME", "line\nbreak", "-Dx=y", "@file")
                        .text());
        for (int status : new int[] {0, 1, 5, 77}) {
            assertEquals(status, installed.run("exit", String.valueOf(status)).status());
        }
    }

    @Test
    void itHonoursNoVariableThatBringsCodeOrOptionsIntoTheJvm() throws Exception {
        var bad = new HashMap<>(NO_CACHE);
        for (String name : new String[] {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"}) {
            bad.put(name, "-Dfrom.environment=" + name);
        }
        bad.put("JDK_AOT_VM_OPTIONS", "-Dfrom.environment=aot");
        bad.put("CLASSPATH", "/nowhere");
        Run run = installed.run(bad, "show");
        assertEquals("", run.errors(), "the JVM says `Picked up` when it honours one");
        assertFalse(run.text().contains("from.environment"), run.text());
        assertFalse(run.text().contains("JAVA_TOOL_OPTIONS"), run.text());
        assertFalse(run.text().contains("CLASSPATH"), run.text());
    }

    @Test
    void theJvmCannotBeAttachedToAndLeavesNoMemoryBehind() throws Exception {
        Run run = installed.run(NO_CACHE, "show");
        for (String option : new String[] {
            "-XX:+DisableAttachMechanism", "-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null"
        }) {
            assertTrue(run.lines().contains(option), run.text());
        }
    }

    @Test
    void commandsThatStayGetBothCompilers() throws Exception {
        assertFalse(installed.run(NO_CACHE, "serve").text().contains("TieredStopAtLevel"));
        assertFalse(installed.run(NO_CACHE, "enclave").text().contains("TieredStopAtLevel"));
    }

    @Test
    void javaHomeComesFirstThenThePathThenTheUsualPlaces() throws Exception {
        Path old = fakeJdk(temporary.resolve("jdk 17"), "17.0.9");
        Path home = fakeJdk(temporary.resolve("jdk 26"), "26-ea");
        Path onPath = fakeJdk(temporary.resolve("jdk 27"), "27");
        Path sdkman = fakeJdk(temporary.resolve("home/.sdkman/candidates/java/99"), "99");
        Path links = Files.createDirectory(temporary.resolve("alternatives"));
        Files.createSymbolicLink(links.resolve("java"), onPath.resolve("bin/java"));
        String path = ":" + System.getenv("PATH");

        assertEquals("fake 26-ea", jvmOf(Map.of("JAVA_HOME", home.toString(), "PATH", onPath + "/bin" + path)));
        assertEquals("fake 27", jvmOf(Map.of("JAVA_HOME", old.toString(), "PATH", onPath + "/bin" + path)));
        assertEquals("fake 27", jvmOf(Map.of("JAVA_HOME", "", "PATH", links + path)));
        require(installed, 99);
        assertEquals("fake 99", jvmOf(Map.of("JAVA_HOME", old.toString(), "PATH", links + path)), sdkman.toString());
    }

    private String jvmOf(Map<String, String> more) throws IOException, InterruptedException {
        Run run = installed.run(more, "show");
        assertEquals("", run.errors());
        return run.text().replaceAll(" -.*\n", "");
    }

    @Test
    void withoutAJdkItSaysWhatToDo() throws Exception {
        require(installed, 999);
        Run run = installed.run("show");
        assertEquals(5, run.status());
        assertEquals("", run.text());
        assertTrue(run.errors().startsWith("chancery: no JDK 999 or newer was found"), run.errors());
        assertTrue(run.errors().contains("\nhint: install one"), run.errors());
    }

    @Test
    void aDirectoryWithAColonIsRefusedAndNotMisread() throws Exception {
        Path odd = Files.move(installed.app(), temporary.resolve("a:b"));
        Run run = Run.of(temporary, installed.environment(), odd + "/bin/chancery", "show");
        assertEquals(5, run.status());
        assertTrue(run.errors().contains("colon"), run.errors());
    }

    /// Makes the scripts look for a newer JDK than this machine can have.
    private static void require(Installation installed, int release) throws IOException {
        Path finder = installed.app().resolve("lib/find-jdk.sh");
        Files.writeString(finder, Files.readString(finder).replace("jdk_least=25", "jdk_least=" + release));
    }
}
