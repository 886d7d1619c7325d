// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The filter, run by an interpreter: so that of aarch64, which never met a kernel here, is judged too.
class SeccompProgramTest {
    private static final int EPERM = SeccompProgram.RET_ERRNO | LinuxCalls.Errno.EPERM;
    private static final int ENOSYS = SeccompProgram.RET_ERRNO | LinuxCalls.Errno.ENOSYS;
    private static final int OWN = 4711;
    /// The most that a kernel takes (`BPF_MAXINSNS`).
    private static final int INSTRUCTIONS_MAX = 4096;

    private static Bpf program(Architecture architecture, Sealing.Filter filter) {
        return program(architecture, filter, Confinement.Exemption.NONE);
    }

    private static Bpf program(Architecture architecture, Sealing.Filter filter, Confinement.Exemption exemption) {
        var program = SeccompProgram.of(architecture, new SeccompProgram.Terms(filter, OWN, exemption));
        assertTrue(program.size() <= INSTRUCTIONS_MAX);
        for (var instruction : program) {
            assertTrue(instruction.jumpIfTrue() < 256 && instruction.jumpIfFalse() < 256, "fits into a byte");
        }
        return new Bpf(program);
    }

    private static int answer(Architecture architecture, Sealing.Filter filter, SystemCall call, long... arguments) {
        return program(architecture, filter).answer(architecture.auditNumber(), call.number(architecture), arguments);
    }

    @ParameterizedTest
    @EnumSource
    void eachForbiddenCallIsAnsweredAndEachNeededOnePasses(Architecture architecture) {
        for (var filter : Sealing.Filter.values()) {
            for (var call : SystemCall.values()) {
                if (call.existsOn(architecture) && call.group() != SystemCall.Group.EXAMINED) {
                    int expected = call == SystemCall.CLONE3
                            ? ENOSYS
                            : call.group().isForbidden() ? EPERM : SeccompProgram.RET_ALLOW;
                    assertEquals(expected, answer(architecture, filter, call), filter + ": " + call);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void argumentsDecide(Architecture architecture) {
        for (var filter : Sealing.Filter.values()) {
            // What glibc gives for a thread, and fork as glibc makes it.
            assertEquals(SeccompProgram.RET_ALLOW, answer(architecture, filter, SystemCall.CLONE, 0x3d0f00));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.CLONE, 0x1200011));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.CLONE, 0x3d0f00 | 0x40000000));
            assertEquals(SeccompProgram.RET_ALLOW, answer(architecture, filter, SystemCall.PRCTL, 15));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.PRCTL, 4, 1));
            assertEquals(SeccompProgram.RET_ALLOW, answer(architecture, filter, SystemCall.IOCTL, 5, 0x541B));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.IOCTL, 0, 0x5412));
            assertEquals(SeccompProgram.RET_ALLOW, answer(architecture, filter, SystemCall.FCNTL, 5, 4, 2048));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.FCNTL, 5, 8, 1));
            assertEquals(SeccompProgram.RET_ALLOW, answer(architecture, filter, SystemCall.TGKILL, OWN, 5, 12));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.TGKILL, OWN + 1, 5, 12));
            assertEquals(SeccompProgram.RET_ALLOW, answer(architecture, filter, SystemCall.KILL, OWN, 15));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.KILL, -1, 9));
            assertEquals(SeccompProgram.RET_ALLOW, answer(architecture, filter, SystemCall.PRLIMIT64, 0, 3, 0, 8));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.PRLIMIT64, 0, 4, 8, 0));
            assertEquals(EPERM, answer(architecture, filter, SystemCall.PRLIMIT64, 0, 4, 1L << 32, 0));
        }
    }

    private static Confinement.Exemption exemption(Confinement.Later files, Confinement.Connections connections) {
        return new Confinement.Exemption(files, connections, Map.of());
    }

    private static void assertAnswers(int expected, Bpf program, SystemCall call, long... arguments) {
        for (var architecture : Architecture.values()) {
            if (program.answer(architecture.auditNumber(), 0) != SeccompProgram.RET_KILL_PROCESS
                    && call.existsOn(architecture)) {
                int answer = program.answer(architecture.auditNumber(), call.number(architecture), arguments);
                assertEquals(expected, answer, architecture + ": " + call);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoMayReadFilesWritesNone(Architecture architecture) {
        var reading = new Confinement.Later(List.of(Path.of("/etc/token")), List.of());
        for (var filter : Sealing.Filter.values()) {
            var program = program(architecture, filter, exemption(reading, Confinement.Connections.NONE));
            int cloexec = 0x80000;
            assertAnswers(SeccompProgram.RET_ALLOW, program, SystemCall.OPENAT, -100, 0, cloexec);
            assertAnswers(SeccompProgram.RET_ALLOW, program, SystemCall.OPEN, 0, cloexec);
            assertAnswers(ENOSYS, program, SystemCall.OPENAT2);
            for (int flag : new int[] {1, 2, 3, 0100, 01000, 020200000 | 2}) {
                assertAnswers(EPERM, program, SystemCall.OPENAT, -100, 0, flag);
                assertAnswers(EPERM, program, SystemCall.OPEN, 0, flag);
            }
            for (var call : List.of(SystemCall.CREAT, SystemCall.UNLINKAT, SystemCall.FTRUNCATE, SystemCall.SOCKET)) {
                assertAnswers(EPERM, program, call, 1, 1, 0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoMayWriteFilesChangesNoModesAndOwners(Architecture architecture) {
        var writing = new Confinement.Later(List.of(), List.of(Path.of("/var/lib/token")));
        for (var filter : Sealing.Filter.values()) {
            var program = program(architecture, filter, exemption(writing, Confinement.Connections.NONE));
            assertAnswers(SeccompProgram.RET_ALLOW, program, SystemCall.OPENAT, -100, 0, 01102);
            for (var call : List.of(SystemCall.UNLINKAT, SystemCall.RENAMEAT2, SystemCall.FTRUNCATE)) {
                assertAnswers(SeccompProgram.RET_ALLOW, program, call);
            }
            for (var call : List.of(
                    SystemCall.FCHMODAT,
                    SystemCall.FCHOWN,
                    SystemCall.UTIMENSAT,
                    SystemCall.LINKAT,
                    SystemCall.SYMLINKAT,
                    SystemCall.MKNODAT,
                    SystemCall.TRUNCATE,
                    SystemCall.CONNECT,
                    SystemCall.EXECVE)) {
                assertAnswers(EPERM, program, call);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoMayConnectMakesStreamsOfTheFamilyOnly(Architecture architecture) {
        int unix = 1;
        int inet6 = 10;
        int netlink = 16;
        var byUnix = new Confinement.Connections(true, Set.of());
        var byTcp = new Confinement.Connections(false, Set.of(8200));
        for (var filter : Sealing.Filter.values()) {
            for (var connections : List.of(byUnix, byTcp)) {
                int family = connections.unixSockets() ? unix : inet6;
                int other = connections.unixSockets() ? inet6 : unix;
                var program = program(architecture, filter, exemption(Confinement.Later.NOTHING, connections));
                assertAnswers(SeccompProgram.RET_ALLOW, program, SystemCall.SOCKET, family, 0x80801, 0);
                assertAnswers(SeccompProgram.RET_ALLOW, program, SystemCall.CONNECT, 5, 0, 16);
                assertAnswers(EPERM, program, SystemCall.SOCKET, other, 1, 0);
                assertAnswers(EPERM, program, SystemCall.SOCKET, netlink, 1, 0);
                assertAnswers(EPERM, program, SystemCall.SOCKET, family, 2, 0);
                assertAnswers(EPERM, program, SystemCall.SOCKET, family, 1, 262);
                for (var call : List.of(SystemCall.BIND, SystemCall.LISTEN, SystemCall.SENDMSG, SystemCall.RECVMSG)) {
                    assertAnswers(EPERM, program, call);
                }
                assertAnswers(EPERM, program, SystemCall.OPENAT, -100, 0, 0);
            }
            var tcp = program(architecture, filter, exemption(Confinement.Later.NOTHING, byTcp));
            assertAnswers(SeccompProgram.RET_ALLOW, tcp, SystemCall.SOCKET, 2, 1, 6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void foreignTablesKill(Architecture architecture) {
        var program = program(architecture, Sealing.Filter.DENY_LIST);
        int i386 = 0x40000003;
        assertEquals(SeccompProgram.RET_KILL_PROCESS, program.answer(i386, 20));
        for (var other : Architecture.values()) {
            if (other != architecture) {
                assertEquals(SeccompProgram.RET_KILL_PROCESS, program.answer(other.auditNumber(), 0));
            }
        }
    }

    @Test
    void x32Kills() {
        var program = program(Architecture.X86_64, Sealing.Filter.DENY_LIST);
        assertEquals(SeccompProgram.RET_KILL_PROCESS, program.answer(Architecture.X86_64.auditNumber(), 0x40000000));
        assertEquals(SeccompProgram.RET_KILL_PROCESS, program.answer(Architecture.X86_64.auditNumber(), -1));
    }

    @ParameterizedTest
    @EnumSource
    void callsFromAfterTheTableAreUnknown(Architecture architecture) {
        for (var filter : Sealing.Filter.values()) {
            var program = program(architecture, filter);
            assertEquals(ENOSYS, program.answer(architecture.auditNumber(), SystemCall.HIGHEST + 1));
        }
    }

    /// `umask(2)` stands in no list.
    @Test
    void callsThatNobodyThoughtOfPassOneListOnly() {
        int umask = 95;
        int machine = Architecture.X86_64.auditNumber();
        var denying = program(Architecture.X86_64, Sealing.Filter.DENY_LIST);
        var allowing = program(Architecture.X86_64, Sealing.Filter.ALLOW_LIST);
        assertEquals(SeccompProgram.RET_ALLOW, denying.answer(machine, umask));
        assertEquals(EPERM, allowing.answer(machine, umask));
    }
}
