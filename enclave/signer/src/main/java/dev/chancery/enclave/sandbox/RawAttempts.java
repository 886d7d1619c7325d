// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Forbidden system calls, made for real.
///
/// First each call of the deny-list with arguments that no kernel accepts: the filter, which comes first,
/// says EPERM, and the call itself would say EINVAL, EFAULT or EBADF. So a call that gets through does no
/// harm, and is seen. Then some with arguments that would succeed.
final class RawAttempts {
    /// Calls without arguments to spoil, which would do harm: made only if `clone`, which belongs to the same
    /// filter, is refused.
    private static final Set<SystemCall> HARMFUL = EnumSet.of(SystemCall.FORK, SystemCall.VFORK, SystemCall.VHANGUP);

    private static final long NONSENSE = -1;
    private static final int CLONE_SIGHAND = 0x800;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int TIOCSTI = 0x5412;
    private static final int F_SETOWN = 8;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_SET_MM = 35;
    private static final int RLIMIT_CORE = 4;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_DGRAM = 2;
    private static final int IPPROTO_MPTCP = 262;
    private static final int O_WRONLY = 1;
    /// `discard`, and the one beside it.
    private static final int[] UNUSED_PORTS = {9, 10};

    private final LinuxCalls calls;
    private final Confinement.Exemption exemption;

    RawAttempts(LinuxCalls calls, Confinement.Exemption exemption) {
        this.calls = calls;
        this.exemption = exemption;
    }

    List<SelfCheck.Attempt> all() {
        var attempts = new ArrayList<SelfCheck.Attempt>();
        for (var group : SystemCall.Group.values()) {
            if (group.isForbidden()) {
                attempts.addAll(sweep(group));
            }
        }
        attempts.addAll(arguments());
        attempts.addAll(real());
        attempts.addAll(opening());
        attempts.addAll(sockets());
        return attempts;
    }

    private List<SelfCheck.Attempt> sweep(SystemCall.Group group) {
        return Arrays.stream(SystemCall.values())
                .filter(call -> call.group() == group && call.existsOn(calls.architecture()))
                .filter(call -> !SeccompProgram.passes(call, exemption))
                .map(call -> new SelfCheck.Attempt(call.toString(), () -> swept(call)))
                .toList();
    }

    private SelfCheck.Attempt.Answer swept(SystemCall call) {
        if (HARMFUL.contains(call) && !cloneIsForbidden()) {
            return new SelfCheck.Attempt.Answer("not tried, for clone gets through", false);
        }
        return switch (call) {
            case CLONE3 -> refused(LinuxCalls.Errno.ENOSYS, calls.syscall(call, 0, 0));
            case OPENAT2 ->
                refused(
                        exemption.files().any() ? LinuxCalls.Errno.ENOSYS : LinuxCalls.Errno.EPERM,
                        calls.syscall(call, NONSENSE, NONSENSE, NONSENSE, NONSENSE));
            // All bits set would make a queue; this asks for one that nobody has made.
            case MSGGET -> refused(LinuxCalls.Errno.EPERM, calls.syscall(call, Integer.MAX_VALUE, 0));
            default ->
                refused(
                        LinuxCalls.Errno.EPERM,
                        calls.syscall(call, NONSENSE, NONSENSE, NONSENSE, NONSENSE, NONSENSE, NONSENSE));
        };
    }

    /// `CLONE_SIGHAND` without `CLONE_VM` is EINVAL to the kernel.
    private boolean cloneIsForbidden() {
        return calls.syscall(SystemCall.CLONE, CLONE_SIGHAND).errno() == LinuxCalls.Errno.EPERM;
    }

    /// Calls that pass with other arguments, and a number from after Linux 6.1.
    private List<SelfCheck.Attempt> arguments() {
        return List.of(
                refusedCall("clone of a process", SystemCall.CLONE, CLONE_SIGHAND),
                refusedCall("prctl(PR_SET_DUMPABLE, 1)", SystemCall.PRCTL, PR_SET_DUMPABLE, 1),
                refusedCall("prctl(PR_SET_MM)", SystemCall.PRCTL, PR_SET_MM, NONSENSE, NONSENSE, NONSENSE, NONSENSE),
                refusedCall("ioctl(TIOCSTI)", SystemCall.IOCTL, 0, TIOCSTI, NONSENSE),
                refusedCall("fcntl(F_SETOWN)", SystemCall.FCNTL, NONSENSE, F_SETOWN, 0),
                refusedCall("kill of the parent", SystemCall.KILL, parent(), 0),
                refusedCall("kill of the process group", SystemCall.KILL, 0, 0),
                refusedCall("tgkill of the parent", SystemCall.TGKILL, parent(), parent(), 0),
                new SelfCheck.Attempt(
                        "setrlimit", () -> refused(LinuxCalls.Errno.EPERM, calls.setrlimit(RLIMIT_CORE, 0, 0))),
                new SelfCheck.Attempt("a call newer than the filter", () -> {
                    return refused(
                            LinuxCalls.Errno.ENOSYS,
                            calls.syscall(SystemCall.HIGHEST + 1, NONSENSE, NONSENSE, NONSENSE));
                }));
    }

    /// Opens that would succeed. Where files may be opened it is Landlock that says no.
    private List<SelfCheck.Attempt> opening() {
        int reading = exemption.files().any() ? LinuxCalls.Errno.EACCES : LinuxCalls.Errno.EPERM;
        int writing = exemption.files().mayWrite() ? LinuxCalls.Errno.EACCES : LinuxCalls.Errno.EPERM;
        var attempts = new ArrayList<>(List.of(
                opened("openat(/)", new Opening("/", 0), reading),
                opened("openat(/proc/self/comm, O_WRONLY)", new Opening("/proc/self/comm", O_WRONLY), writing)));
        if (!exemption.files().any()) {
            for (String path : List.of("/etc/passwd", "/proc/self/status", "/dev/null")) {
                attempts.add(opened("openat(%s)".formatted(path), new Opening(path, 0), LinuxCalls.Errno.EPERM));
            }
        }
        return attempts;
    }

    private record Opening(String path, int flags) {}

    private List<SelfCheck.Attempt> sockets() {
        var connections = exemption.connections();
        var attempts = new ArrayList<SelfCheck.Attempt>();
        if (!connections.unixSockets()) {
            attempts.add(descriptor("socket(AF_UNIX)", SystemCall.SOCKET, AF_UNIX, SOCK_STREAM, 0));
        }
        if (connections.tcpPorts().isEmpty()) {
            attempts.add(descriptor("socket(AF_INET)", SystemCall.SOCKET, AF_INET, SOCK_STREAM, 0));
        } else {
            attempts.add(connectedElsewhere());
        }
        attempts.add(descriptor("socket(SOCK_DGRAM)", SystemCall.SOCKET, AF_INET, SOCK_DGRAM, 0));
        attempts.add(descriptor("socket(IPPROTO_MPTCP)", SystemCall.SOCKET, AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
        attempts.add(descriptor("socket(AF_NETLINK)", SystemCall.SOCKET, AF_NETLINK, SOCK_DGRAM, 0));
        return attempts;
    }

    /// A port that is not exempt, of this machine.
    private SelfCheck.Attempt connectedElsewhere() {
        int port = exemption.connections().tcpPorts().contains(UNUSED_PORTS[0]) ? UNUSED_PORTS[1] : UNUSED_PORTS[0];
        return new SelfCheck.Attempt("connect to port " + port, () -> {
            var socket = calls.syscall(SystemCall.SOCKET, AF_INET, SOCK_STREAM, 0);
            try (var arena = Arena.ofConfined()) {
                var address = LinuxCalls.loopback(arena, port);
                return refused(
                        LinuxCalls.Errno.EACCES,
                        calls.syscall(SystemCall.CONNECT, socket.value(), address.address(), address.byteSize()));
            } finally {
                calls.close((int) socket.value());
            }
        });
    }

    /// Calls that would succeed.
    private List<SelfCheck.Attempt> real() {
        return List.of(
                descriptor("inotify_init1", SystemCall.INOTIFY_INIT1, 0),
                new SelfCheck.Attempt("memfd_create", () -> {
                    try (var arena = Arena.ofConfined()) {
                        var name = arena.allocateFrom("chancery");
                        return closing(calls.syscall(SystemCall.MEMFD_CREATE, name.address(), 0));
                    }
                }),
                new SelfCheck.Attempt("execve(/bin/nothing)", () -> {
                    return refused(LinuxCalls.Errno.EPERM, calls.execve("/bin/nothing", List.of(), List.of()));
                }));
    }

    private SelfCheck.Attempt refusedCall(String what, SystemCall call, long... arguments) {
        return new SelfCheck.Attempt(what, () -> refused(LinuxCalls.Errno.EPERM, calls.syscall(call, arguments)));
    }

    private SelfCheck.Attempt descriptor(String what, SystemCall call, long... arguments) {
        return new SelfCheck.Attempt(what, () -> closing(calls.syscall(call, arguments)));
    }

    private SelfCheck.Attempt opened(String what, Opening opening, int expected) {
        return new SelfCheck.Attempt(what, () -> {
            return closing(expected, calls.open(java.nio.file.Path.of(opening.path()), opening.flags()));
        });
    }

    private SelfCheck.Attempt.Answer closing(LinuxCalls.Result result) {
        return closing(LinuxCalls.Errno.EPERM, result);
    }

    private SelfCheck.Attempt.Answer closing(int expected, LinuxCalls.Result result) {
        if (!result.failed()) {
            calls.close((int) result.value());
        }
        return refused(expected, result);
    }

    private long parent() {
        return calls.syscall(SystemCall.GETPPID).value();
    }

    private static SelfCheck.Attempt.Answer refused(int expected, LinuxCalls.Result result) {
        return result.failed()
                ? new SelfCheck.Attempt.Answer(LinuxCalls.Errno.name(result.errno()), result.errno() == expected)
                : new SelfCheck.Attempt.Answer("SUCCEEDED", false);
    }
}
