// SPDX-License-Identifier: Apache-2.0
package dev.chancery.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AOT cache: who can write it runs code as the user, so it is used only if nobody else can, and only for
/// the jars that it was made from.
class StartUpCacheIT {

    @TempDir
    Path temporary;

    private Installation installed;

    @BeforeEach
    void install() throws IOException {
        installed = Installation.in(temporary);
    }

    @Test
    void theFirstStartMakesItPrivateAndTheNextUsesTheSame() throws Exception {
        Run first = installed.run("show");
        assertEquals("", first.errors());
        assertFalse(first.text().contains("training"), first.text());
        Path cache = installed.onlyCache();
        assertEquals("rw-------", permissions(cache));
        assertEquals("rwx------", permissions(installed.cacheDirectory()));
        assertTrue(cache.getFileName().toString().matches("0123456789abcdef-25.*-[0-9]+\\.aot"), cache.toString());

        Run second = installed.run("show");
        assertTrue(second.lines().contains("-XX:AOTCache=" + cache), second.text());
        assertEquals(List.of(cache), installed.caches());
    }

    /// JDK-8377932: given a cache, the JVM runs the classes in it and does not look whether the jar still holds
    /// them.
    @Test
    void aReplacedJarRunsItsOwnClasses() throws Exception {
        Path before = installed.onlyCache();
        installed.installJar("2");
        Run run = installed.run("show");
        assertTrue(run.text().startsWith("version 2\n"), run.text());
        assertNotEquals(before, installed.onlyCache());
        assertTrue(installed.run("show").text().startsWith("version 2\n"));
    }

    @Test
    void anotherHashOfTheJarsNamesAnotherCache() throws Exception {
        Path before = installed.onlyCache();
        Files.writeString(installed.app().resolve("lib/app.sha256"), "fedcba9876543210\n");
        installed.run("show");
        assertEquals(2, installed.caches().size());
        assertTrue(installed.caches().contains(before), "another installation may still use it");
    }

    @Test
    void aFileThatOthersMayWriteIsRefused() throws Exception {
        for (String mode : List.of("rw-rw----", "rw-----w-", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(installed.onlyCache(), PosixFilePermissions.fromString(mode));
            assertRefused("others may write it");
        }
    }

    @Test
    void aLinkIsRefused() throws Exception {
        Path cache = installed.onlyCache();
        Path elsewhere = Files.move(cache, temporary.resolve("elsewhere.aot"));
        Files.createSymbolicLink(cache, elsewhere);
        assertRefused("it is a symbolic link");
        Files.delete(elsewhere);
        assertRefused("it is a symbolic link");
    }

    @Test
    void aDirectoryThatIsALinkIsRefused() throws Exception {
        installed.onlyCache();
        Path elsewhere = Files.move(installed.cacheDirectory(), temporary.resolve("elsewhere"));
        Files.createSymbolicLink(installed.cacheDirectory(), elsewhere);
        assertRefused("it is a symbolic link");
    }

    @Test
    void aDirectoryThatOthersMayWriteIsRefusedAndSoIsOneAbove() throws Exception {
        installed.onlyCache();
        Files.setPosixFilePermissions(installed.cacheDirectory(), PosixFilePermissions.fromString("rwxrwx---"));
        assertRefused("others may write it");
        Files.setPosixFilePermissions(installed.cacheDirectory(), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(temporary.resolve("home"), PosixFilePermissions.fromString("rwx----wx"));
        assertRefused("others may write " + temporary.toRealPath().resolve("home") + " above it");
    }

    @Test
    void whatBelongsToAnotherUserIsRefused() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
        Path cache = installed.onlyCache();
        var nobody = cache.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        var root = Files.getOwner(cache);
        for (Path path : List.of(cache, installed.cacheDirectory())) {
            Files.setOwner(path, nobody);
            assertRefused("it belongs to another user");
            Files.setOwner(path, root);
        }
        Files.setOwner(temporary.resolve("home"), nobody);
        assertRefused(temporary.toRealPath().resolve("home") + " above it belongs to another user");
    }

    private void assertRefused(String why) throws IOException, InterruptedException {
        Run run = installed.run("show");
        assertEquals(0, run.status());
        assertFalse(run.usedCache(), run.text());
        assertEquals(1, run.errors().lines().count(), run.errors());
        assertTrue(run.errors().startsWith("chancery: the start-up cache /"), run.errors());
        assertTrue(run.errors().endsWith(" is ignored: " + why + "\n"), run.errors());
    }

    @Test
    void aHomeBehindALinkIsJudgedByItsRealPath() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("home"));
        Run run = installed.run(Map.of("HOME", link.toString()), "show");
        assertEquals("", run.errors());
        assertTrue(run.usedCache());
        Files.setPosixFilePermissions(temporary.resolve("home"), PosixFilePermissions.fromString("rwxrwx---"));
        assertRefused("others may write " + temporary.toRealPath().resolve("home") + " above it");
    }

    @Test
    void withoutAPlaceForItTheCommandRunsAndOnlyDebugSaysWhy() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        for (Map<String, String> nowhere : List.of(
                Map.of("HOME", ""), Map.of("XDG_CACHE_HOME", file.toString()), Map.of("XDG_CACHE_HOME", "/proc"))) {
            Run run = installed.run(nowhere, "show");
            assertEquals("", run.errors());
            assertEquals(0, run.status());
            assertFalse(run.usedCache());
            var debug = new HashMap<>(nowhere);
            debug.put("CHANCERY_DEBUG", "1");
            assertTrue(installed.run(debug, "show").errors().startsWith("chancery: no start-up cache: "));
        }
        assertFalse(installed.run(Map.of("CHANCERY_NO_CACHE", "1"), "show").usedCache());
        assertEquals(List.of(), installed.caches());
    }

    @Test
    void aTrainingRunThatFailsIsNotRepeatedAtEachStart() throws Exception {
        var failing = Map.of("TRAINING", "fail");
        Run run = installed.run(failing, "show");
        assertEquals("", run.errors());
        assertFalse(run.usedCache());
        List<Path> left = installed.caches();
        assertEquals(1, left.size());
        assertTrue(left.getFirst().toString().endsWith(".aot.failed"), left.toString());
        assertFalse(installed.run("show").usedCache(), "not tried again");
        Files.delete(left.getFirst());
        assertTrue(installed.run("show").usedCache());
    }

    @Test
    void aKilledTrainingRunLeavesNothingThatIsUsed() throws Exception {
        var waiting = new HashMap<>(installed.environment());
        waiting.put("TRAINING", "wait");
        Process start = Run.builder(temporary, waiting, installed.command().toString(), "show")
                .start();
        while (installed.caches().isEmpty()) {
            assertTrue(start.isAlive());
            Thread.sleep(50);
        }
        List<ProcessHandle> family = start.descendants().toList();
        start.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        assertTrue(start.waitFor(10, TimeUnit.SECONDS));
        for (Path left : installed.caches()) {
            assertFalse(left.toString().endsWith(".aot"), left.toString());
            assertFalse(left.toString().endsWith(".failed"), left.toString());
        }
        assertTrue(installed.run("show").usedCache());
    }

    @Test
    void twoFirstStartsAtOnceDoNotDisturbEachOther() throws Exception {
        List<Process> starts = List.of(start(), start());
        for (Process start : starts) {
            assertTrue(start.waitFor(120, TimeUnit.SECONDS));
            assertEquals(0, start.exitValue());
        }
        Path cache = installed.onlyCache();
        assertTrue(installed.run("show").lines().contains("-XX:AOTCache=" + cache));
    }

    private Process start() throws IOException {
        return Run.builder(
                        temporary, installed.environment(), installed.command().toString(), "show")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }
}
