// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The way in, as far as it can be looked at without going.
class EntranceTest {
    private static final Confinement NOTHING_MORE = new Confinement(List.of(), List.of());

    @Test
    void theEnvironmentIsClearedButForHarmlessVariables() {
        var given =
                Map.of("LD_PRELOAD", "/x.so", "TZ", "Europe/Berlin", "PATH", "/bin", "CREDENTIALS_DIRECTORY", "a b");
        assertEquals(
                List.of("CHANCERY_CONFINED=1", "LC_ALL=C.UTF-8", "MALLOC_ARENA_MAX=1", "TZ=Europe/Berlin"),
                Entrance.environment(given, NOTHING_MORE));
    }

    @Test
    void aLibraryGetsItsVariablesAndNoneThatLoadCode() {
        var exemption = exemption(Map.of("SOFTHSM2_CONF", "/etc/softhsm2.conf", "B", "2"));
        var confinement = new Confinement(List.of(), List.of(), Set.of(), exemption);
        assertEquals(
                List.of(
                        "CHANCERY_CONFINED=1",
                        "LC_ALL=C.UTF-8",
                        "MALLOC_ARENA_MAX=1",
                        "B=2",
                        "SOFTHSM2_CONF=/etc/softhsm2.conf"),
                Entrance.environment(Map.of("B", "outside", "C", "3"), confinement));
        for (String name : List.of(
                "LD_PRELOAD",
                "JAVA_TOOL_OPTIONS",
                "JDK_JAVA_OPTIONS",
                "_JAVA_OPTIONS",
                "MALLOC_CHECK_",
                "MALLOC_ARENA_MAX",
                "GLIBC_TUNABLES",
                "GCONV_PATH",
                "CHANCERY_CONFINED",
                "TZ",
                "LC_ALL",
                "lower",
                "A B",
                "",
                "X".repeat(65))) {
            assertThrows(MalformedException.class, () -> exemption(Map.of(name, "1")), name);
        }
        assertEquals(1, exemption(Map.of("X".repeat(64), "1")).environment().size());
        for (String value : List.of("", "a b", "a\n", "x".repeat(256))) {
            assertThrows(MalformedException.class, () -> exemption(Map.of("A", value)), value);
        }
    }

    private static Confinement.Exemption exemption(Map<String, String> environment) {
        return new Confinement.Exemption(Confinement.Later.NOTHING, Confinement.Connections.NONE, environment);
    }

    @Test
    void whatIsLeftAfterTheSealNeedsLandlock() {
        var files = new Confinement.Exemption(
                new Confinement.Later(List.of(Path.of("/x")), List.of()), Confinement.Connections.NONE, Map.of());
        var ports = new Confinement.Exemption(
                Confinement.Later.NOTHING, new Confinement.Connections(false, Set.of(1)), Map.of());
        Sandbox.requireForExemption(Landlock.NO_ABI, Confinement.Exemption.NONE);
        Sandbox.requireForExemption(1, files);
        Sandbox.requireForExemption(4, ports);
        assertThrows(RefusedException.class, () -> Sandbox.requireForExemption(Landlock.NO_ABI, files));
        assertThrows(RefusedException.class, () -> Sandbox.requireForExemption(3, ports));
    }

    @Test
    void portsHaveTheirRange() {
        assertEquals(
                2,
                new Confinement.Connections(false, Set.of(1, 65_535)).tcpPorts().size());
        for (int port : new int[] {0, 65_536, -1}) {
            assertThrows(MalformedException.class, () -> new Confinement.Connections(false, Set.of(port)));
        }
    }

    @Test
    void nobodyMayWriteTheRuntimeThatHeRunsOn() {
        var home = Path.of(System.getProperty("java.home"));
        for (Path above : List.of(home, home.resolve("lib/.."), home.resolve(".."))) {
            var refused = assertThrows(RefusedException.class, () -> Entrance.apart(above));
            assertTrue(refused.sentence().contains("put one of them elsewhere"), refused.sentence());
        }
        assertEquals(home.resolve("lib/none"), Entrance.apart(home.resolve("lib/none")));
    }

    @Test
    void theCommandLineIsReadByteForByte() {
        var commandLine = CommandLine.parse("java\0-cp\0\0é\n\0".getBytes(UTF_8));
        assertEquals(4, commandLine.arguments().size());
        assertArrayEquals(new byte[0], commandLine.arguments().get(2));
        assertArrayEquals("é\n".getBytes(UTF_8), commandLine.arguments().get(3));
    }

    @Test
    void aDamagedCommandLineIsUnavailable() {
        for (String damaged : List.of("", "java", "java\0-cp", "\0x\0")) {
            assertThrows(UnavailableException.class, () -> CommandLine.parse(damaged.getBytes(UTF_8)), damaged);
        }
    }

    @Test
    void theCommandLineHasALimit() {
        byte[] longest = "x".repeat(CommandLine.BYTES_MAX).getBytes(UTF_8);
        longest[longest.length - 1] = 0;
        assertEquals(1, CommandLine.parse(longest).arguments().size());
        byte[] longer = java.util.Arrays.copyOf(longest, longest.length + 1);
        assertThrows(UnavailableException.class, () -> CommandLine.parse(longer));
    }

    @Test
    void filesOfOptionsAreFound() {
        var commandLine = CommandLine.parse("java\0-XX:AOTCache=/a/b.aot\0-Xmx1g\0".getBytes(UTF_8));
        assertEquals(List.of(Path.of("/a/b.aot")), commandLine.filesOfOptions());
    }

    @Test
    void aKernelThatLacksAPartIsRefusedUnlessItsAbsenceIsAccepted() {
        int debian12 = 2;
        var refused = assertThrows(RefusedException.class, () -> Sandbox.missing(debian12, Set.of()));
        assertEquals("sandbox-part", refused.rule());
        var later = EnumSet.of(Part.LANDLOCK_TRUNCATE, Part.LANDLOCK_TCP, Part.LANDLOCK_DEVICES, Part.LANDLOCK_SCOPES);
        assertEquals(4, Sandbox.missing(debian12, later).size());
        assertTrue(Sandbox.missing(6, Set.of()).isEmpty());
        var none = assertThrows(RefusedException.class, () -> Sandbox.missing(Landlock.NO_ABI, later));
        assertTrue(none.sentence().contains("no Landlock"), none.sentence());
        later.add(Part.LANDLOCK);
        var missing = new Report(Sandbox.missing(Landlock.NO_ABI, later));
        assertTrue(missing.lines().stream().noneMatch(line -> missing.isInForce(line.part())));
    }

    @Test
    void onlyPartsThatKernelsLackCanBeAccepted() {
        assertEquals(Part.LANDLOCK_TCP, Part.acceptable("landlock-tcp"));
        assertEquals(Part.MEMORY_LOCK, Part.acceptable("memory-lock"));
        for (String name : List.of("seccomp", "LANDLOCK", "", "everything")) {
            assertThrows(MalformedException.class, () -> Part.acceptable(name), name);
        }
    }

    @Test
    void aNumberOfAStatusIsReadWithItsUnit() {
        String status = "Name:\tSeccomp:\t1\nVmLck:\t      12 kB\nSeccomp:\t2\nSeccomp_filters:\t3\n";
        assertEquals(12, ThreadStatuses.field(status, "VmLck").getAsLong());
        assertEquals(2, ThreadStatuses.field(status, "Seccomp").getAsLong());
        assertTrue(ThreadStatuses.field(status, "NoNewPrivs").isEmpty());
    }
}
