// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.RefusedException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Whether this process is confined: tried, because anyone can set the marker.
final class Inside {
    private static final int O_WRONLY = 1;
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;

    private final LinuxCalls calls;
    private final int abi;
    private final Confinement.Exemption exemption;

    Inside(LinuxCalls calls, int abi, Confinement.Exemption exemption) {
        this.calls = calls;
        this.abi = abi;
        this.exemption = exemption;
    }

    /// What holds; *refused* (`sandbox-forged`) if something does not that the entrance would have done.
    List<Report.Line> verify() {
        var lines = new ArrayList<Report.Line>();
        require(calls.prctl(Entrance.PR_GET_NO_NEW_PRIVS, 0).value() == 1, "this process may gain rights");
        lines.add(inForce(Part.NO_NEW_PRIVILEGES, "read back"));
        requireCleanEnvironment();
        lines.add(inForce(
                Part.ENVIRONMENT, "%d variables".formatted(System.getenv().size())));
        if (has(Part.LANDLOCK)) {
            requireRefused("to list /", calls.open(Path.of("/"), 0));
            var library = Path.of(System.getProperty("java.home"), "lib", "modules");
            requireRefused("to open the JDK's modules for writing", calls.open(library, O_WRONLY));
            lines.add(inForce(Part.LANDLOCK, "ABI %d: / cannot be listed, the JDK not be written".formatted(abi)));
        }
        if (has(Part.LANDLOCK_TRUNCATE)) {
            lines.add(inForce(Part.LANDLOCK_TRUNCATE, "part of ABI " + abi));
        }
        if (has(Part.LANDLOCK_TCP)) {
            requireNoTcp();
            var ports = exemption.connections().tcpPorts();
            lines.add(inForce(
                    Part.LANDLOCK_TCP,
                    "no port of this machine can be bound"
                            + (ports.isEmpty() ? "" : "; connections to ports %s only".formatted(ports))));
        }
        if (has(Part.LANDLOCK_DEVICES)) {
            lines.add(inForce(Part.LANDLOCK_DEVICES, "part of ABI " + abi));
        }
        if (has(Part.LANDLOCK_SCOPES)) {
            requireNoSignals();
            lines.add(inForce(Part.LANDLOCK_SCOPES, "the parent process gets no signal"));
        }
        Hardening.requireNoCoreFile(calls);
        lines.add(inForce(Part.CORE_LIMIT, "0"));
        return lines;
    }

    static Report.Line inForce(Part part, String sentence) {
        return new Report.Line(part, Report.State.IN_FORCE, sentence);
    }

    private boolean has(Part part) {
        return abi >= Landlock.sinceAbi(part);
    }

    private void requireCleanEnvironment() {
        var names = new HashSet<>(System.getenv().keySet());
        names.removeIf(Entrance::isTaken);
        names.removeAll(exemption.environment().keySet());
        require(names.isEmpty(), "the environment has " + names);
    }

    private void requireRefused(String what, LinuxCalls.Result opened) {
        if (!opened.failed()) {
            calls.close((int) opened.value());
        }
        require(opened.errno() == LinuxCalls.Errno.EACCES, "this process is able " + what);
    }

    /// Binds to port 0 of the loopback, which succeeds for anyone else. Without sockets there is no TCP
    /// either.
    private void requireNoTcp() {
        var socket = calls.syscall(SystemCall.SOCKET, AF_INET, SOCK_STREAM, 0);
        if (socket.failed()) {
            return;
        }
        try (var arena = Arena.ofConfined()) {
            var address = LinuxCalls.loopback(arena, 0);
            var bound = calls.syscall(SystemCall.BIND, socket.value(), address.address(), address.byteSize());
            require(bound.errno() == LinuxCalls.Errno.EACCES, "this process is able to bind a TCP port");
        } finally {
            calls.close((int) socket.value());
        }
    }

    /// Signal 0, which only asks. The first process of a container has no parent to ask for.
    private void requireNoSignals() {
        long parent = calls.syscall(SystemCall.GETPPID).value();
        if (parent > 0) {
            var signalled = calls.syscall(SystemCall.KILL, parent, 0);
            require(signalled.failed(), "this process is able to signal its parent");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new RefusedException(
                    "sandbox-forged",
                    "%s is set, but %s: the variable is for the sandbox alone".formatted(Entrance.MARKER, otherwise));
        }
    }
}
