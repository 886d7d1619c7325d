// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The front door: a process is confined when it starts and sealed when everything is open.
///
/// May be used by several threads, but both steps are the main thread's.
public final class Sandbox {
    /// `SECCOMP_FILTER_FLAG_TSYNC`: all threads or none.
    private static final long ALL_THREADS = 1;

    private final LinuxCalls calls;
    /// Grows by sealing; owned by this object's lock.
    private Report report;

    private boolean sealed;

    private Sandbox(LinuxCalls calls, Report report) {
        this.calls = calls;
        this.report = report;
    }

    /// First thing in `main`: puts this process under Landlock and starts its JVM again, with the same
    /// arguments and a cleared environment. Returns in the second JVM only, after trying that it is inside,
    /// and not dumpable.
    ///
    /// *Refused* if the kernel lacks a part that is required (`sandbox-part`), a path cannot be opened
    /// (`sandbox-path`), or somebody else set the marker (`sandbox-forged`); *unavailable* on other systems.
    public static Sandbox confine(Confinement confinement) {
        var calls = LinuxCalls.ofThisMachine();
        int abi = Landlock.abi(calls);
        var missing = missing(abi, confinement.mayBeMissing());
        if (System.getenv(Entrance.MARKER) == null) {
            throw new Entrance(calls, confinement).enter(abi);
        }
        var lines = new ArrayList<Report.Line>(new Inside(calls, abi).verify());
        lines.addAll(missing);
        Hardening.notDumpable(calls);
        lines.add(Inside.inForce(Part.NOT_DUMPABLE, "read back"));
        return new Sandbox(calls, new Report(lines));
    }

    /// When all files, sockets and libraries are open: no thread of this process opens anything from now on.
    /// The caller has run each kind of work once, so that what it loads is there.
    ///
    /// *Refused* (`sandbox-part`) if memory must be locked and cannot be; *unavailable* if the kernel does
    /// not do it was asked. After either the process has to end: part of the seal may be in force.
    public synchronized Report seal(Sealing sealing) {
        if (sealed) {
            throw new IllegalStateException("this process is sealed");
        }
        sealed = true;
        Preloading.everything();
        var lines = new ArrayList<>(report.lines());
        Hardening.notDumpable(calls);
        Hardening.requireNoCoreFile(calls);
        lines.add(Hardening.lockMemory(calls, sealing.mayBeMissing()));
        lines.add(filter(sealing.filter()));
        report = new Report(lines);
        return report;
    }

    /// What is in force now, for whoever asks how the process is.
    public synchronized Report report() {
        return report;
    }

    private Report.Line filter(Sealing.Filter filter) {
        int process = (int) calls.syscall(SystemCall.GETPID).value();
        var program = SeccompProgram.of(calls.architecture(), filter, process);
        try (var threads = ThreadStatuses.open()) {
            long answer = calls.seccompSetModeFilter(ALL_THREADS, SeccompProgram.bytes(program))
                    .orThrow("seccomp(SECCOMP_SET_MODE_FILTER)");
            if (answer != 0) {
                throw new UnavailableException("thread %d cannot be filtered".formatted(answer));
            }
            int filtered = threads.requireFiltered();
            var opened = calls.open(java.nio.file.Path.of("/proc/self/status"), 0);
            if (opened.errno() != LinuxCalls.Errno.EPERM) {
                throw new UnavailableException("the filter lets a file be opened");
            }
            return Inside.inForce(
                    Part.SECCOMP,
                    "%s of %d instructions, read back on %d threads".formatted(filter, program.size(), filtered));
        }
    }

    static List<Report.Line> missing(int abi, Set<Part> accepted) {
        var lines = new ArrayList<Report.Line>();
        for (var part : Landlock.parts()) {
            int since = Landlock.sinceAbi(part);
            if (abi >= since) {
                continue;
            }
            String sentence = abi == Landlock.NO_ABI
                    ? "this kernel has no Landlock, or it is turned off"
                    : "this kernel's Landlock has ABI %d, and %s needs %d".formatted(abi, part, since);
            if (!accepted.contains(part)) {
                throw new RefusedException(
                        "sandbox-part", sentence + "; the configuration does not accept that " + part + " is missing");
            }
            lines.add(new Report.Line(part, Report.State.MISSING, sentence));
        }
        return lines;
    }
}
