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
    @Test
    void theEnvironmentIsClearedButForHarmlessVariables() {
        var given =
                Map.of("LD_PRELOAD", "/x.so", "TZ", "Europe/Berlin", "PATH", "/bin", "CREDENTIALS_DIRECTORY", "a b");
        assertEquals(List.of("CHANCERY_CONFINED=1", "LC_ALL=C.UTF-8", "TZ=Europe/Berlin"), Entrance.environment(given));
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
