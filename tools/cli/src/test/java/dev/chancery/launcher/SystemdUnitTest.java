// SPDX-License-Identifier: Apache-2.0
package dev.chancery.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The unit of the enclave's service: every line that hardens it is there, and systemd finds it hardened.
class SystemdUnitTest {
    private static final Path UNIT =
            Path.of(System.getProperty("basedir", ""), "src/main/systemd/chancery-enclave@.service");

    /// Exposure in tenths, as `systemd-analyze security` counts it: 0 to 100. Measured with systemd 252: 2.
    private static final String EXPOSURE_MAX = "5";

    private static final List<String> REQUIRED = List.of(
            "ExecStart=/usr/lib/chancery/bin/chancery enclave /etc/chancery/%i.json",
            "User=chancery-enclave",
            "StandardOutput=journal",
            "UMask=0077",
            "LimitCORE=0",
            "LimitMEMLOCK=infinity",
            "MemorySwapMax=0",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "AmbientCapabilities=",
            "RestrictSUIDSGID=yes",
            "KeyringMode=private",
            "PrivateUsers=yes",
            "RemoveIPC=yes",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "DevicePolicy=closed",
            "ProtectProc=invisible",
            "ProcSubset=pid",
            "PrivateNetwork=yes",
            "RestrictAddressFamilies=AF_UNIX",
            "IPAddressDeny=any",
            "ProtectKernelTunables=yes",
            "ProtectKernelModules=yes",
            "ProtectKernelLogs=yes",
            "ProtectControlGroups=yes",
            "ProtectClock=yes",
            "ProtectHostname=yes",
            "RestrictNamespaces=yes",
            "RestrictRealtime=yes",
            "LockPersonality=yes",
            "SystemCallArchitectures=native",
            "SystemCallErrorNumber=EPERM",
            "SystemCallFilter=@system-service",
            "SystemCallFilter=~@privileged @resources @keyring @aio @ipc @debug @mount @swap @obsolete");

    @TempDir
    private Path directory;

    private static List<String> settings() throws IOException {
        return Files.readAllLines(UNIT).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void eachLineThatHardensIsThere() throws IOException {
        var settings = settings();
        for (String required : REQUIRED) {
            assertTrue(settings.contains(required), required);
        }
        assertFalse(settings.contains("MemoryDenyWriteExecute=yes"), "a JVM dies of it");
    }

    /// A second line of the same name would replace or extend the first, which nobody sees who reads it.
    @Test
    void eachSettingStandsOnceAndInASection() throws IOException {
        var settings = settings();
        assertEquals("[Unit]", settings.getFirst());
        var names = settings.stream()
                .filter(line -> !line.matches("\\[(Unit|Service|Install)\\]"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(name -> !name.equals("SystemCallFilter"))
                .toList();
        assertEquals(names.size(), Set.copyOf(names).size(), names.toString());
    }

    @Test
    void systemdFindsItHardened() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "needs systemd-analyze");
        var instance = directory.resolve("chancery-enclave@qa.service");
        Files.copy(UNIT, instance);
        var process = new ProcessBuilder(
                        "systemd-analyze",
                        "security",
                        "--offline=true",
                        "--no-pager",
                        "--threshold=" + EXPOSURE_MAX,
                        instance.toString())
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), answer);
        // What it does not understand it says, and ignores.
        var complaints = answer.lines()
                .filter(line -> line.contains("chancery-enclave@qa.service:"))
                .filter(line -> !line.contains("Overall exposure"))
                .collect(Collectors.joining("\n"));
        assertEquals("", complaints);
    }
}
