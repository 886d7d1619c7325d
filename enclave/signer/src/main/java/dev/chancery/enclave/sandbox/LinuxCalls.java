// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.core.UnavailableException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// System calls of Linux as section 2 of the manual has them: the only native calls of the sandbox.
///
/// Each goes through `syscall(2)` of the C library, so that one function is linked and the number is the one
/// that the filter sees. None throws for what the kernel answers: see [Result].
final class LinuxCalls {
    /// `openat(2)`: a relative path starts at the working directory.
    static final int AT_FDCWD = -100;

    static final int O_PATH = 0x200000;
    static final int O_CLOEXEC = 0x80000;

    private static final int ARGUMENTS_MAX = 6;
    private static final String ERRNO = "errno";

    private final Architecture architecture;
    private final MethodHandle syscall;

    /// What a call returned, and `errno` if that is -1 and else 0.
    record Result(long value, int errno) {
        boolean failed() {
            return value == -1;
        }

        /// The value, or *unavailable* with the call's name and the error's.
        long orThrow(String call) {
            if (failed()) {
                throw new UnavailableException("the kernel answered %s to %s".formatted(Errno.name(errno), call));
            }
            return value;
        }
    }

    @SuppressWarnings("restricted")
    private LinuxCalls(Architecture architecture) {
        this.architecture = architecture;
        var linker = Linker.nativeLinker();
        var function = FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        this.syscall = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                function,
                Linker.Option.captureCallState(ERRNO),
                Linker.Option.firstVariadicArg(1));
    }

    /// *Unavailable* on another system or processor, and when this JVM may not call native code.
    static LinuxCalls ofThisMachine() {
        var architecture = Architecture.of(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            return new LinuxCalls(architecture);
        } catch (IllegalCallerException e) {
            throw new UnavailableException("this JVM may not call native code: --enable-native-access is missing", e);
        }
    }

    Architecture architecture() {
        return architecture;
    }

    /// `syscall(2)` with at most six arguments; those not given are 0.
    Result syscall(SystemCall call, long... arguments) {
        return syscall(call.number(architecture), arguments);
    }

    /// The same by number, for numbers that have no name here.
    Result syscall(int number, long... arguments) {
        long[] a = Arrays.copyOf(arguments, ARGUMENTS_MAX);
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            long value = (long) syscall.invokeExact(state, (long) number, a[0], a[1], a[2], a[3], a[4], a[5]);
            var offset = Linker.Option.captureStateLayout()
                    .byteOffset(java.lang.foreign.MemoryLayout.PathElement.groupElement(ERRNO));
            return new Result(value, value == -1 ? state.get(JAVA_INT, offset) : 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a C function throws nothing", e);
        }
    }

    /// `prctl(2)` with one argument, the others 0 as most options demand.
    Result prctl(int option, long argument) {
        return syscall(SystemCall.PRCTL, option, argument);
    }

    /// `landlock_create_ruleset(2)`: `attr` is a `struct landlock_ruleset_attr`, as long as the ABI knows it.
    Result landlockCreateRuleset(MemorySegment attr) {
        return syscall(SystemCall.LANDLOCK_CREATE_RULESET, attr.address(), attr.byteSize(), 0);
    }

    /// `landlock_create_ruleset(2)` with `LANDLOCK_CREATE_RULESET_VERSION`: the ABI.
    Result landlockVersion() {
        return syscall(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, 1);
    }

    /// `landlock_add_rule(2)` with `LANDLOCK_RULE_PATH_BENEATH`.
    Result landlockAddRule(int rulesetFd, long allowedAccess, int parentFd) {
        try (var arena = Arena.ofConfined()) {
            // struct landlock_path_beneath_attr is packed: 8 and 4 bytes.
            var attr = arena.allocate(12, Long.BYTES);
            attr.set(JAVA_LONG, 0, allowedAccess);
            attr.set(JAVA_INT, Long.BYTES, parentFd);
            return syscall(SystemCall.LANDLOCK_ADD_RULE, rulesetFd, 1, attr.address(), 0);
        }
    }

    /// `landlock_add_rule(2)` with `LANDLOCK_RULE_NET_PORT`.
    Result landlockAddPort(int rulesetFd, long allowedAccess, int port) {
        try (var arena = Arena.ofConfined()) {
            var attr = arena.allocateFrom(JAVA_LONG, allowedAccess, port);
            return syscall(SystemCall.LANDLOCK_ADD_RULE, rulesetFd, 2, attr.address(), 0);
        }
    }

    /// `landlock_restrict_self(2)`: the calling thread, and whatever it starts from now on.
    Result landlockRestrictSelf(int rulesetFd) {
        return syscall(SystemCall.LANDLOCK_RESTRICT_SELF, rulesetFd, 0);
    }

    /// `seccomp(2)` with `SECCOMP_SET_MODE_FILTER`: `filter` holds `struct sock_filter`s of 8 bytes.
    Result seccompSetModeFilter(long flags, byte[] filter) {
        try (var arena = Arena.ofConfined()) {
            var instructions = arena.allocate(filter.length, Long.BYTES);
            MemorySegment.copy(filter, 0, instructions, JAVA_BYTE, 0, filter.length);
            // struct sock_fprog: an unsigned short, padding, a pointer.
            var program = arena.allocate(2L * Long.BYTES, Long.BYTES);
            program.set(JAVA_INT, 0, filter.length / Long.BYTES);
            program.set(ADDRESS, Long.BYTES, instructions);
            return syscall(SystemCall.SECCOMP, 1, flags, program.address());
        }
    }

    /// `getrlimit(2)`: soft and hard limit, as bits; -1 is no limit.
    long[] getrlimit(int resource) {
        try (var arena = Arena.ofConfined()) {
            var limits = arena.allocate(JAVA_LONG, 2);
            syscall(SystemCall.PRLIMIT64, 0, resource, 0, limits.address()).orThrow("getrlimit");
            return limits.toArray(JAVA_LONG);
        }
    }

    /// `setrlimit(2)`.
    Result setrlimit(int resource, long soft, long hard) {
        try (var arena = Arena.ofConfined()) {
            var limits = arena.allocateFrom(JAVA_LONG, soft, hard);
            return syscall(SystemCall.PRLIMIT64, 0, resource, limits.address(), 0);
        }
    }

    /// `mlockall(2)`.
    Result mlockall(int flags) {
        return syscall(SystemCall.MLOCKALL, flags);
    }

    /// `openat(2)` from the working directory; the descriptor is closed by an exec.
    Result open(Path path, int flags) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(path.toString());
            return syscall(SystemCall.OPENAT, AT_FDCWD, name.address(), flags | O_CLOEXEC, 0);
        }
    }

    /// A `struct sockaddr_in` of 127.0.0.1: family, port and address in the network's order, padding.
    static MemorySegment loopback(Arena arena, int port) {
        int afInet = 2;
        var address = arena.allocate(16, Long.BYTES);
        address.set(JAVA_BYTE, 0, (byte) afInet);
        address.set(JAVA_BYTE, 2, (byte) (port >>> Byte.SIZE));
        address.set(JAVA_BYTE, 3, (byte) port);
        address.set(JAVA_BYTE, 4, (byte) 127);
        address.set(JAVA_BYTE, 7, (byte) 1);
        return address;
    }

    /// `close(2)`.
    Result close(int fd) {
        return syscall(SystemCall.CLOSE, fd);
    }

    /// `execve(2)`: returns only if it failed.
    Result execve(String path, List<byte[]> arguments, List<String> environment) {
        try (var arena = Arena.ofConfined()) {
            var argv = strings(arena, arguments);
            var envp = strings(
                    arena,
                    environment.stream()
                            .map(text -> text.getBytes(StandardCharsets.UTF_8))
                            .toList());
            var name = arena.allocateFrom(path);
            return syscall(SystemCall.EXECVE, name.address(), argv.address(), envp.address());
        }
    }

    /// An array of pointers to C strings that ends with a null pointer.
    private static MemorySegment strings(Arena arena, List<byte[]> texts) {
        var pointers = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            var string = arena.allocate(text.length + 1L);
            MemorySegment.copy(text, 0, string, JAVA_BYTE, 0, text.length);
            pointers.setAtIndex(ADDRESS, i, string);
        }
        return pointers;
    }

    /// The error numbers that matter here (`asm-generic/errno-base.h`, `errno.h`): equal on both architectures.
    static final class Errno {
        static final int EPERM = 1;
        static final int ENOENT = 2;
        static final int ESRCH = 3;
        static final int ENOMEM = 12;
        static final int EACCES = 13;
        static final int ENOSYS = 38;
        static final int EOPNOTSUPP = 95;

        private Errno() {}

        static String name(int errno) {
            return switch (errno) {
                case EPERM -> "EPERM";
                case ENOENT -> "ENOENT";
                case ESRCH -> "ESRCH";
                case 9 -> "EBADF";
                case ENOMEM -> "ENOMEM";
                case EACCES -> "EACCES";
                case 14 -> "EFAULT";
                case 22 -> "EINVAL";
                case ENOSYS -> "ENOSYS";
                case EOPNOTSUPP -> "EOPNOTSUPP";
                default -> "errno " + errno;
            };
        }
    }
}
