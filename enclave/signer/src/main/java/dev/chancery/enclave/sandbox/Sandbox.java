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
    private final Confinement.Exemption exemption;
    /// Grows by sealing; owned by this object's lock.
    private Report report;

    private boolean sealed;

    private Sandbox(LinuxCalls calls, Confinement.Exemption exemption, Report report) {
        this.calls = calls;
        this.exemption = exemption;
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
        var exemption = confinement.exemption();
        requireForExemption(abi, exemption);
        var missing = missing(abi, confinement.mayBeMissing());
        if (System.getenv(Entrance.MARKER) == null) {
            throw new Entrance(calls, confinement).enter(abi);
        }
        var lines = new ArrayList<Report.Line>(new Inside(calls, abi, exemption).verify());
        lines.addAll(missing);
        Hardening.notDumpable(calls);
        lines.add(Inside.inForce(Part.NOT_DUMPABLE, "read back"));
        return new Sandbox(calls, exemption, new Report(lines));
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
        var program = SeccompProgram.of(calls.architecture(), new SeccompProgram.Terms(filter, process, exemption));
        try (var threads = ThreadStatuses.open()) {
            long answer = calls.seccompSetModeFilter(ALL_THREADS, SeccompProgram.bytes(program))
                    .orThrow("seccomp(SECCOMP_SET_MODE_FILTER)");
            if (answer != 0) {
                throw new UnavailableException("thread %d cannot be filtered".formatted(answer));
            }
            int filtered = threads.requireFiltered();
            requireInForce();
            return Inside.inForce(
                    Part.SECCOMP,
                    "%s of %d instructions, read back on %d threads%s"
                            .formatted(filter, program.size(), filtered, exempted()));
        }
    }

    /// What is open to all but the sealed.
    private void requireInForce() {
        if (!exemption.files().any()
                && calls.open(java.nio.file.Path.of("/proc/self/status"), 0).errno() != LinuxCalls.Errno.EPERM) {
            throw new UnavailableException("the filter lets a file be opened");
        }
        if (calls.syscall(SystemCall.INOTIFY_INIT1, 0).errno() != LinuxCalls.Errno.EPERM) {
            throw new UnavailableException("the filter is not in force");
        }
    }

    private String exempted() {
        var left = new ArrayList<String>();
        if (exemption.files().any()) {
            left.add(exemption.files().mayWrite() ? "files by Landlock" : "files to be read by Landlock");
        }
        if (exemption.connections().unixSockets()) {
            left.add("connections to Unix sockets");
        }
        if (!exemption.connections().tcpPorts().isEmpty()) {
            left.add("connections to ports " + exemption.connections().tcpPorts());
        }
        return left.isEmpty() ? "" : "; exempt: " + String.join(", ", left);
    }

    /// What the seal leaves open is narrowed by Landlock alone, so that nobody can do without it there.
    static void requireForExemption(int abi, Confinement.Exemption exemption) {
        if (exemption.files().any() && abi < Landlock.sinceAbi(Part.LANDLOCK)) {
            throw new RefusedException(
                    "sandbox-part", "files are to be opened after the seal, and this kernel has no Landlock");
        }
        if (!exemption.connections().tcpPorts().isEmpty() && abi < Landlock.sinceAbi(Part.LANDLOCK_TCP)) {
            throw new RefusedException(
                    "sandbox-part",
                    "ports are to be connected to after the seal, and this kernel's Landlock knows none");
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
