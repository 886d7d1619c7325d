// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        var program = SeccompProgram.of(architecture, filter, OWN);
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
