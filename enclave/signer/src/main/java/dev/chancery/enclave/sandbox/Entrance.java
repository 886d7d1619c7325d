// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The way from the process as it was started into the confined one: `no_new_privs`, core limit, Landlock,
/// exec.
final class Entrance {
    /// Tells the second JVM that it is inside. It proves nothing: [Inside] tries whether that is true.
    static final String MARKER = "CHANCERY_CONFINED";

    /// Time zone, and where systemd put secrets. All else is dropped, `LD_*` and `JAVA_TOOL_OPTIONS` above
    /// all.
    static final List<String> KEPT_VARIABLES = List.of("TZ", "CREDENTIALS_DIRECTORY");

    /// Messages of the C library in one language, and file names in UTF-8.
    static final String LOCALE = "LC_ALL";

    /// Otherwise the C library keeps memory for each thread, which is locked and never given back: mallopt(3).
    static final String ARENAS = "MALLOC_ARENA_MAX";

    static final int PR_SET_NO_NEW_PRIVS = 38;
    static final int PR_GET_NO_NEW_PRIVS = 39;

    static final String PLAIN_VALUE = "[A-Za-z0-9_.,@:/+-]{1,255}";

    private final LinuxCalls calls;
    private final Confinement confinement;
    private final CommandLine commandLine;

    Entrance(LinuxCalls calls, Confinement confinement) {
        this.calls = calls;
        this.confinement = confinement;
        this.commandLine = CommandLine.ofThisProcess();
    }

    /// Does not return: the second JVM starts at its `main`.
    UnavailableException enter(int abi) {
        Hardening.noCoreFile(calls);
        calls.prctl(PR_SET_NO_NEW_PRIVS, 1).orThrow("prctl(PR_SET_NO_NEW_PRIVS)");
        if (calls.prctl(PR_GET_NO_NEW_PRIVS, 0).value() != 1) {
            throw new UnavailableException("the kernel did not keep no_new_privs");
        }
        if (abi != Landlock.NO_ABI) {
            restrict(abi);
        }
        var exec = calls.execve("/proc/self/exe", commandLine.arguments(), environment(System.getenv(), confinement));
        return new UnavailableException("the JVM cannot be started again inside its sandbox: execve says "
                + LinuxCalls.Errno.name(exec.errno()));
    }

    private void restrict(int abi) {
        try (var ruleset = Landlock.ruleset(calls, abi)) {
            RuntimePaths.executable().forEach(ruleset::allowExecuting);
            RuntimePaths.readable(commandLine).forEach(ruleset::allowReading);
            confinement.read().forEach(path -> ruleset.allowReading(narrow(path)));
            confinement.write().forEach(path -> ruleset.allowWriting(apart(narrow(path))));
            var exemption = confinement.exemption();
            exemption.files().read().forEach(path -> ruleset.allowReading(narrow(path)));
            exemption.files().write().forEach(path -> ruleset.allowWriting(apart(narrow(path))));
            exemption.connections().tcpPorts().forEach(ruleset::allowConnecting);
            ruleset.restrictCallingThread();
        }
    }

    /// The root would allow everything, and blind the test whether the confinement is there.
    private static Path narrow(Path path) {
        if (path.toAbsolutePath().normalize().getNameCount() == 0) {
            throw new RefusedException("sandbox-path", "a sandbox that may open / is none");
        }
        return path;
    }

    /// Who may write the JVM that he runs on is confined by nothing.
    static Path apart(Path path) {
        var home = Path.of(System.getProperty("java.home"));
        if (home.startsWith(path.toAbsolutePath().normalize())) {
            throw new RefusedException(
                    "sandbox-path",
                    "the Java runtime %s lies in %s, which this process is to write: put one of them elsewhere"
                            .formatted(home, path));
        }
        return path;
    }

    /// Whether the second JVM gets a variable of this name in any case.
    static boolean isTaken(String name) {
        return name.equals(MARKER) || name.equals(LOCALE) || name.equals(ARENAS) || KEPT_VARIABLES.contains(name);
    }

    static List<String> environment(Map<String, String> given, Confinement confinement) {
        var kept = new ArrayList<String>();
        kept.add(MARKER + "=1");
        kept.add(LOCALE + "=C.UTF-8");
        kept.add(ARENAS + "=1");
        for (String name : KEPT_VARIABLES) {
            String value = given.getOrDefault(name, "");
            if (value.matches(PLAIN_VALUE)) {
                kept.add(name + "=" + value);
            }
        }
        kept.addAll(confinement.exemption().variables());
        return kept;
    }
}
