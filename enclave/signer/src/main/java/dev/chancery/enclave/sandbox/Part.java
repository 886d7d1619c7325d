// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.MalformedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The parts of the sandbox, by the names that a configuration and a report have for them.
public enum Part {
    /// No program that is started gains rights (`PR_SET_NO_NEW_PRIVS`).
    NO_NEW_PRIVILEGES,
    /// Files, by path. Linux 5.13 and later, if it was built and started with Landlock.
    LANDLOCK,
    /// Shortening files by name, through Landlock: Linux 6.2.
    LANDLOCK_TRUNCATE,
    /// No TCP, neither in nor out, through Landlock: Linux 6.7.
    LANDLOCK_TCP,
    /// `ioctl` on devices that are opened later, through Landlock: Linux 6.10.
    LANDLOCK_DEVICES,
    /// No signal and no abstract socket to processes outside, through Landlock: Linux 6.12.
    LANDLOCK_SCOPES,
    /// No debugger, no core file, `/proc` closed to other processes of the user (`PR_SET_DUMPABLE`).
    NOT_DUMPABLE,
    /// No core file (`RLIMIT_CORE`).
    CORE_LIMIT,
    /// No variable but a few harmless ones.
    ENVIRONMENT,
    /// No memory on a swap device (`mlockall`).
    MEMORY_LOCK,
    /// The filter of system calls, on every thread.
    SECCOMP;

    /// For configurations. *Malformed* for any other text, and for a part that no process does without.
    public static Part acceptable(String name) {
        return Arrays.stream(values())
                .filter(part -> part.toString().equals(name) && part.mayBeMissing())
                .findFirst()
                .orElseThrow(() -> MalformedException.value("the part of the sandbox", name, "is none of " + names()));
    }

    /// Whether a kernel may lack it, so that a caller can accept its absence. All others every kernel has.
    boolean mayBeMissing() {
        return name().startsWith("LANDLOCK") || this == MEMORY_LOCK;
    }

    private static String names() {
        return Arrays.stream(values())
                .filter(Part::mayBeMissing)
                .map(Part::toString)
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
