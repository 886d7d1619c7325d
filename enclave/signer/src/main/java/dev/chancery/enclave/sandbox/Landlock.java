// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.core.RefusedException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// A Landlock ruleset (`landlock(7)`): everything that this kernel's ABI can forbid, except what is named.
final class Landlock implements AutoCloseable {
    /// The kernel has none, or was started without it.
    static final int NO_ABI = 0;

    /// `LANDLOCK_ACCESS_FS_*` (`linux/landlock.h`).
    private static final long EXECUTE = 1;

    private static final long WRITE_FILE = 1 << 1;
    private static final long READ_FILE = 1 << 2;
    private static final long READ_DIR = 1 << 3;
    private static final long REMOVE_DIR = 1 << 4;
    private static final long REMOVE_FILE = 1 << 5;
    private static final long MAKE_DIR = 1 << 7;
    private static final long MAKE_REG = 1 << 8;
    private static final long MAKE_SOCK = 1 << 9;
    private static final long TRUNCATE = 1 << 14;

    private static final long READING = READ_FILE | READ_DIR;
    private static final long WRITING =
            READING | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SOCK | TRUNCATE;
    /// `LANDLOCK_ACCESS_NET_CONNECT_TCP`.
    private static final long CONNECT_TCP = 1 << 1;
    /// A rule on a file that is no directory may have these only.
    private static final long OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE;

    /// The first ABI with each part.
    private static final Map<Part, Integer> SINCE = new EnumMap<>(Map.of(
            Part.LANDLOCK, 1,
            Part.LANDLOCK_TRUNCATE, 3,
            Part.LANDLOCK_TCP, 4,
            Part.LANDLOCK_DEVICES, 5,
            Part.LANDLOCK_SCOPES, 6));

    private final LinuxCalls calls;
    private final long handled;
    private final int rulesetFd;

    private Landlock(LinuxCalls calls, int abi) {
        this.calls = calls;
        this.handled = handledAccessFs(abi);
        try (var arena = Arena.ofConfined()) {
            // struct landlock_ruleset_attr: handled_access_fs, handled_access_net since 4, scoped since 6.
            int fields = abi < sinceAbi(Part.LANDLOCK_TCP) ? 1 : abi < sinceAbi(Part.LANDLOCK_SCOPES) ? 2 : 3;
            var attr = arena.allocate(JAVA_LONG, fields);
            long[] values = {handled, 0b11, 0b11}; // bind and connect; abstract sockets and signals
            for (int i = 0; i < fields; i++) {
                attr.setAtIndex(JAVA_LONG, i, values[i]);
            }
            this.rulesetFd = (int) calls.landlockCreateRuleset(attr).orThrow("landlock_create_ruleset");
        }
    }

    /// The kernel's ABI, or [#NO_ABI].
    static int abi(LinuxCalls calls) {
        var version = calls.landlockVersion();
        boolean absent = version.errno() == LinuxCalls.Errno.ENOSYS || version.errno() == LinuxCalls.Errno.EOPNOTSUPP;
        return absent ? NO_ABI : (int) version.orThrow("landlock_create_ruleset");
    }

    static Set<Part> parts() {
        return SINCE.keySet();
    }

    static int sinceAbi(Part part) {
        return java.util.Objects.requireNonNull(SINCE.get(part));
    }

    static Landlock ruleset(LinuxCalls calls, int abi) {
        return new Landlock(calls, abi);
    }

    void allowReading(Path path) {
        allow(path, READING);
    }

    void allowWriting(Path path) {
        allow(path, WRITING);
    }

    void allowExecuting(Path file) {
        allow(file, READ_FILE | EXECUTE);
    }

    void allowConnecting(int port) {
        calls.landlockAddPort(rulesetFd, CONNECT_TCP, port).orThrow("landlock_add_rule for port " + port);
    }

    /// The calling thread, and what it starts from now on: not the threads that are there.
    void restrictCallingThread() {
        calls.landlockRestrictSelf(rulesetFd).orThrow("landlock_restrict_self");
    }

    @Override
    public void close() {
        calls.close(rulesetFd).orThrow("close");
    }

    private void allow(Path path, long access) {
        var parent = calls.open(path, LinuxCalls.O_PATH);
        if (parent.failed()) {
            throw new RefusedException(
                    "sandbox-path",
                    "%s is to be opened later and cannot be: %s"
                            .formatted(
                                    path,
                                    parent.errno() == LinuxCalls.Errno.ENOENT
                                            ? "it does not exist"
                                            : LinuxCalls.Errno.name(parent.errno())));
        }
        int parentFd = (int) parent.value();
        long possible = handled & (Files.isDirectory(path) ? access : access & OF_FILES);
        calls.landlockAddRule(rulesetFd, possible, parentFd).orThrow("landlock_add_rule for " + path);
        calls.close(parentFd).orThrow("close");
    }

    /// All rights of an ABI: 13 in the first, then one more in each of 2 (refer), 3 (truncate) and 5 (device
    /// ioctl).
    private static long handledAccessFs(int abi) {
        int rights = 13 + (abi >= 2 ? 1 : 0) + (abi >= 3 ? 1 : 0) + (abi >= 5 ? 1 : 0);
        return (1L << rights) - 1;
    }
}
