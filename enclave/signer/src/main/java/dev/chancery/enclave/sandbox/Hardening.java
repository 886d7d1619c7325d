// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// What keeps the process's memory to itself.
final class Hardening {
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;

    private static final int RLIMIT_CORE = 4;
    private static final int RLIMIT_MEMLOCK = 8;
    private static final long UNLIMITED = -1;

    /// `MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT`: pages are locked when they are first used, not all that is
    /// reserved.
    private static final int LOCK_ALL_ON_FAULT = 1 | 2 | 4;

    private static final int CAP_IPC_LOCK = 14;

    private Hardening() {}

    static void noCoreFile(LinuxCalls calls) {
        calls.setrlimit(RLIMIT_CORE, 0, 0).orThrow("setrlimit(RLIMIT_CORE)");
        requireNoCoreFile(calls);
    }

    static void requireNoCoreFile(LinuxCalls calls) {
        long[] limits = calls.getrlimit(RLIMIT_CORE);
        if (limits[0] != 0 || limits[1] != 0) {
            throw new UnavailableException("the core limit is not 0");
        }
    }

    static void notDumpable(LinuxCalls calls) {
        calls.prctl(PR_SET_DUMPABLE, 0).orThrow("prctl(PR_SET_DUMPABLE)");
        if (calls.prctl(PR_GET_DUMPABLE, 0).value() != 0) {
            throw new UnavailableException("the process is still dumpable");
        }
    }

    /// Locks memory if there is no limit to it. Under a limit `MCL_FUTURE` would let the JVM's next
    /// allocation fail, hours later.
    static Report.Line lockMemory(LinuxCalls calls, Set<Part> mayBeMissing) {
        String missing;
        if (!hasCapability(CAP_IPC_LOCK) && !isUnlimited(calls)) {
            missing =
                    "memory may be swapped: the process has a limit for locked memory (LimitMEMLOCK=infinity lifts it)";
        } else {
            var locked = calls.mlockall(LOCK_ALL_ON_FAULT);
            if (!locked.failed()) {
                long kib = statusField("VmLck");
                return new Report.Line(
                        Part.MEMORY_LOCK, Report.State.IN_FORCE, "%d KiB are locked, and what comes".formatted(kib));
            }
            missing = "memory may be swapped: mlockall says " + LinuxCalls.Errno.name(locked.errno());
        }
        if (!mayBeMissing.contains(Part.MEMORY_LOCK)) {
            throw new RefusedException("sandbox-part", missing + "; the configuration requires memory-lock");
        }
        return new Report.Line(Part.MEMORY_LOCK, Report.State.MISSING, missing);
    }

    private static boolean isUnlimited(LinuxCalls calls) {
        long hard = calls.getrlimit(RLIMIT_MEMLOCK)[1];
        return hard == UNLIMITED && !calls.setrlimit(RLIMIT_MEMLOCK, hard, hard).failed();
    }

    private static boolean hasCapability(int capability) {
        return status().lines()
                .filter(line -> line.startsWith("CapEff:\t"))
                .anyMatch(line ->
                        (Long.parseUnsignedLong(line.substring("CapEff:\t".length()), 16) >>> capability & 1) == 1);
    }

    private static long statusField(String name) {
        return ThreadStatuses.field(status(), name).orElse(0);
    }

    private static String status() {
        try {
            return Files.readString(Path.of("/proc/self/status"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
