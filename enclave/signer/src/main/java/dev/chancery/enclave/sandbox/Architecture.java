// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;

/// The processors whose system calls are known here. AARCH64 was never run by us: its numbers and filter
/// programs are tested, the kernel's answer to them is not.
enum Architecture {
    /// `AUDIT_ARCH_X86_64`: `EM_X86_64`, 64 bits, little-endian (`linux/audit.h`).
    X86_64(0xC000003E),
    /// `AUDIT_ARCH_AARCH64`.
    AARCH64(0xC00000B7);

    private final int auditNumber;

    Architecture(int auditNumber) {
        this.auditNumber = auditNumber;
    }

    /// What `seccomp_data.arch` holds for a system call of this architecture.
    int auditNumber() {
        return auditNumber;
    }

    /// From the JVM's `os.name` and `os.arch`.
    static Architecture of(String system, String processor) {
        if (!system.equals("Linux")) {
            throw new UnavailableException(
                    "the sandbox is made of Linux's seccomp and Landlock, and this is " + Quoted.text(system));
        }
        return switch (processor) {
            case "amd64" -> X86_64;
            case "aarch64" -> AARCH64;
            default ->
                throw new UnavailableException("the sandbox knows the system calls of x86-64 and aarch64, not those of "
                        + Quoted.text(processor));
        };
    }
}
