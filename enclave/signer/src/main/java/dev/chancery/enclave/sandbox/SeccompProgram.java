// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The filter as a program of classic BPF (`seccomp(2)`, `linux/filter.h`), in the order in which it decides:
///
/// 1. another architecture, or x32: the process is killed, for only an attack makes such a call;
/// 2. a number above [SystemCall#HIGHEST]: ENOSYS, as by the kernel of that table, so that a C library falls
///    back;
/// 3. calls of [SystemCall.Group#EXAMINED]: by their arguments;
/// 4. `clone3`: ENOSYS, for its flags lie in memory that a filter cannot read. The C library falls back to
///    `clone`;
/// 5. the deny-list: EPERM for what is forbidden, and the rest passes; or the allow-list: what is needed
///    passes, and EPERM for the rest.
///
/// EPERM and not a kill: a call that a new C library makes is then a failed call that Java reports, and not
/// the end of signing; and whoever already runs code in here learns from EPERM no more than that the filter
/// is there.
final class SeccompProgram {
    static final int RET_KILL_PROCESS = 0x80000000;
    static final int RET_ERRNO = 0x00050000;
    static final int RET_ALLOW = 0x7fff0000;

    /// `BPF_LD | BPF_W | BPF_ABS`.
    static final int LOAD = 0x20;
    /// `BPF_JMP | BPF_JEQ | BPF_K`, and the same with `BPF_JGE`; `BPF_ALU | BPF_AND | BPF_K`; `BPF_RET |
    /// BPF_K`.
    static final int JUMP_IF_EQUAL = 0x15;

    static final int JUMP_IF_GREATER_OR_EQUAL = 0x35;
    static final int AND = 0x54;
    static final int RETURN = 0x06;

    /// Offsets in `struct seccomp_data`.
    private static final int NUMBER = 0;

    private static final int ARCHITECTURE = 4;
    private static final int ARGUMENTS = 16;

    private static final int X32_BIT = 0x40000000;

    /// `CLONE_VM`, `CLONE_SIGHAND`, `CLONE_THREAD`; and the namespaces, from `CLONE_NEWNS` to `CLONE_NEWNET`.
    private static final int THREAD_FLAGS = 0x100 | 0x800 | 0x10000;

    private static final int NAMESPACE_FLAGS =
            0x20000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000 | 0x80;

    /// `PR_GET_DUMPABLE`, `PR_SET_NAME`, `PR_GET_NAME`, `PR_GET_SECCOMP`, `PR_GET_NO_NEW_PRIVS`,
    /// `PR_SET_VMA`.
    private static final int[] PRCTL_OPTIONS = {3, 15, 16, 21, 39, 0x53564d41};
    /// `TCGETS`, `FIONREAD`, `FIONBIO`, `FIONCLEX`, `FIOCLEX`.
    private static final int[] IOCTL_COMMANDS = {0x5401, 0x541B, 0x5421, 0x5450, 0x5451};
    /// `F_DUPFD` to `F_SETLKW`, `F_DUPFD_CLOEXEC`, `F_OFD_GETLK`, `F_OFD_SETLK`. Not `F_SETOWN` and
    /// `F_SETSIG`, which send signals, and not `F_NOTIFY`, `F_SETPIPE_SZ` and seals.
    private static final int[] FCNTL_COMMANDS = {0, 1, 2, 3, 4, 5, 6, 7, 1030, 36, 37};

    /// `O_ACCMODE`, `O_CREAT`, `O_TRUNC`: any of them changes something, and `O_TMPFILE` needs the first.
    private static final int WRITING_FLAGS = 3 | 0100 | 01000;
    /// By path, which Landlock covers, and `ftruncate`, which the descriptor's mode does. Not those that
    /// change modes, owners and times, which Landlock lets pass.
    private static final List<SystemCall> FILE_CHANGES = List.of(
            SystemCall.UNLINK,
            SystemCall.UNLINKAT,
            SystemCall.RENAME,
            SystemCall.RENAMEAT,
            SystemCall.RENAMEAT2,
            SystemCall.MKDIR,
            SystemCall.MKDIRAT,
            SystemCall.RMDIR,
            SystemCall.FTRUNCATE);

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    /// The rest of the type are `SOCK_CLOEXEC` and `SOCK_NONBLOCK`.
    private static final int SOCK_TYPE_MASK = 0xf;

    private static final int SOCK_STREAM = 1;
    private static final int IPPROTO_TCP = 6;

    private final Architecture architecture;
    private final List<Instruction> instructions = new ArrayList<>();

    /// A `struct sock_filter`.
    record Instruction(int code, int jumpIfTrue, int jumpIfFalse, int k) {}

    private SeccompProgram(Architecture architecture) {
        this.architecture = architecture;
    }

    /// What differs from process to process.
    ///
    /// @param process its number: the only one that may get signals from it
    record Terms(Sealing.Filter filter, int process, Confinement.Exemption exemption) {}

    static List<Instruction> of(Architecture architecture, Terms terms) {
        var program = new SeccompProgram(architecture);
        program.requireArchitecture();
        program.examined(terms.process());
        program.exempted(terms.exemption());
        switch (terms.filter()) {
            case DENY_LIST -> program.denyList();
            case ALLOW_LIST -> program.allowList();
        }
        return List.copyOf(program.instructions);
    }

    /// As the kernel takes them, in the machine's order of bytes.
    static byte[] bytes(List<Instruction> instructions) {
        var buffer = ByteBuffer.allocate(instructions.size() * Long.BYTES).order(ByteOrder.nativeOrder());
        for (var instruction : instructions) {
            buffer.putShort((short) instruction.code());
            buffer.put((byte) instruction.jumpIfTrue());
            buffer.put((byte) instruction.jumpIfFalse());
            buffer.putInt(instruction.k());
        }
        return buffer.array();
    }

    private void requireArchitecture() {
        add(LOAD, ARCHITECTURE);
        instructions.add(new Instruction(JUMP_IF_EQUAL, 1, 0, architecture.auditNumber()));
        add(RETURN, RET_KILL_PROCESS);
        add(LOAD, NUMBER);
        if (architecture == Architecture.X86_64) {
            instructions.add(new Instruction(JUMP_IF_GREATER_OR_EQUAL, 0, 1, X32_BIT));
            add(RETURN, RET_KILL_PROCESS);
        }
        instructions.add(new Instruction(JUMP_IF_GREATER_OR_EQUAL, 0, 1, SystemCall.HIGHEST + 1));
        add(RETURN, RET_ERRNO | LinuxCalls.Errno.ENOSYS);
    }

    private void examined(int process) {
        given(SystemCall.CLONE3, List.of(answer(RET_ERRNO | LinuxCalls.Errno.ENOSYS)));
        given(
                SystemCall.CLONE,
                List.of(
                        new Instruction(LOAD, 0, 0, argument(0)),
                        new Instruction(AND, 0, 0, THREAD_FLAGS | NAMESPACE_FLAGS),
                        new Instruction(JUMP_IF_EQUAL, 0, 1, THREAD_FLAGS),
                        answer(RET_ALLOW),
                        answer(RET_ERRNO | LinuxCalls.Errno.EPERM)));
        given(SystemCall.PRCTL, oneOf(0, PRCTL_OPTIONS));
        given(SystemCall.IOCTL, oneOf(1, IOCTL_COMMANDS));
        given(SystemCall.FCNTL, oneOf(1, FCNTL_COMMANDS));
        given(SystemCall.KILL, oneOf(0, process));
        given(SystemCall.TGKILL, oneOf(0, process));
        // Limits may be read but not set: the third argument is a null pointer, in both halves.
        given(
                SystemCall.PRLIMIT64,
                List.of(
                        new Instruction(LOAD, 0, 0, argument(2)),
                        new Instruction(JUMP_IF_EQUAL, 0, 3, 0),
                        new Instruction(LOAD, 0, 0, argument(2) + Integer.BYTES),
                        new Instruction(JUMP_IF_EQUAL, 0, 1, 0),
                        answer(RET_ALLOW),
                        answer(RET_ERRNO | LinuxCalls.Errno.EPERM)));
    }

    /// Before the lists, so that both of them have it. `openat2` has its flags in memory, like `clone3`.
    private void exempted(Confinement.Exemption exemption) {
        if (exemption.files().any()) {
            given(SystemCall.OPENAT2, List.of(answer(RET_ERRNO | LinuxCalls.Errno.ENOSYS)));
            given(SystemCall.OPEN, opening(1, exemption.files().mayWrite()));
            given(SystemCall.OPENAT, opening(2, exemption.files().mayWrite()));
        }
        if (exemption.files().mayWrite()) {
            FILE_CHANGES.forEach(call -> given(call, List.of(answer(RET_ALLOW))));
        }
        var connections = exemption.connections();
        if (connections.any()) {
            given(SystemCall.SOCKET, sockets(connections));
            given(SystemCall.CONNECT, List.of(answer(RET_ALLOW)));
        }
    }

    /// Whether a call of a forbidden group gets through whatever its arguments are.
    static boolean passes(SystemCall call, Confinement.Exemption exemption) {
        return switch (call) {
            case OPEN, OPENAT -> exemption.files().mayWrite();
            case CONNECT -> exemption.connections().any();
            default -> exemption.files().mayWrite() && FILE_CHANGES.contains(call);
        };
    }

    private static List<Instruction> opening(int flags, boolean mayWrite) {
        return mayWrite
                ? List.of(answer(RET_ALLOW))
                : List.of(
                        new Instruction(LOAD, 0, 0, argument(flags)),
                        new Instruction(AND, 0, 0, WRITING_FLAGS),
                        new Instruction(JUMP_IF_EQUAL, 0, 1, 0),
                        answer(RET_ALLOW),
                        answer(RET_ERRNO | LinuxCalls.Errno.EPERM));
    }

    /// Streams of the families, and of TCP no other protocol: Landlock knows the ports of TCP alone.
    private static List<Instruction> sockets(Confinement.Connections connections) {
        var families = new ArrayList<Integer>();
        if (connections.unixSockets()) {
            families.add(AF_UNIX);
        }
        if (!connections.tcpPorts().isEmpty()) {
            families.add(AF_INET);
            families.add(AF_INET6);
        }
        var refusal = answer(RET_ERRNO | LinuxCalls.Errno.EPERM);
        var body = new ArrayList<Instruction>(List.of(
                new Instruction(LOAD, 0, 0, argument(1)),
                new Instruction(AND, 0, 0, SOCK_TYPE_MASK),
                new Instruction(JUMP_IF_EQUAL, 1, 0, SOCK_STREAM),
                refusal,
                new Instruction(LOAD, 0, 0, argument(2)),
                new Instruction(JUMP_IF_EQUAL, 2, 0, 0),
                new Instruction(JUMP_IF_EQUAL, 1, 0, IPPROTO_TCP),
                refusal));
        body.addAll(oneOf(0, families.stream().mapToInt(Integer::intValue).toArray()));
        return body;
    }

    private void denyList() {
        for (var call : SystemCall.values()) {
            if (call.group().isForbidden()) {
                given(call, List.of(answer(RET_ERRNO | LinuxCalls.Errno.EPERM)));
            }
        }
        add(RETURN, RET_ALLOW);
    }

    private void allowList() {
        for (var call : SystemCall.values()) {
            if (call.group() == SystemCall.Group.NEEDED) {
                given(call, List.of(answer(RET_ALLOW)));
            }
        }
        add(RETURN, RET_ERRNO | LinuxCalls.Errno.EPERM);
    }

    /// What to do with one call. Each `body` ends in an answer, since it may have loaded something else.
    private void given(SystemCall call, List<Instruction> body) {
        if (call.existsOn(architecture)) {
            instructions.add(new Instruction(JUMP_IF_EQUAL, 0, body.size(), call.number(architecture)));
            instructions.addAll(body);
        }
    }

    /// Passes if the lower half of an argument is one of these. The kernel takes all arguments that are
    /// examined so as an `int`, and does not look at the upper half.
    private static List<Instruction> oneOf(int argument, int... values) {
        var body = new ArrayList<Instruction>();
        body.add(new Instruction(LOAD, 0, 0, argument(argument)));
        for (int value : values) {
            body.add(new Instruction(JUMP_IF_EQUAL, 0, 1, value));
            body.add(answer(RET_ALLOW));
        }
        body.add(answer(RET_ERRNO | LinuxCalls.Errno.EPERM));
        return body;
    }

    private static Instruction answer(int verdict) {
        return new Instruction(RETURN, 0, 0, verdict);
    }

    /// Where the lower half of an argument lies: both architectures are little-endian.
    private static int argument(int index) {
        return ARGUMENTS + index * Long.BYTES;
    }

    private void add(int code, int k) {
        instructions.add(new Instruction(code, 0, 0, k));
    }
}
