// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes, as the user who runs the tests and, where that is root, as an unprivileged one too.
@Timeout(60)
class SandboxTest {
    private static final List<String> UNPRIVILEGED =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all");
    private static final int KILLED_BY_SIGSYS = 128 + 31;
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    private Path base;

    @BeforeAll
    static void needsLandlock() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
        boolean landlock = Landlock.abi(LinuxCalls.ofThisMachine()) >= Landlock.sinceAbi(Part.LANDLOCK_SCOPES);
        assertTrue(landlock || !System.getProperty("interop", "").equals("required"), "CI needs Landlock");
        assumeTrue(landlock, "needs Landlock");
    }

    @Test
    void sealedByTheDenyListItForbidsEverythingAndWorks() throws Exception {
        sealed(new ChildJvm(base, List.of()), Sealing.Filter.DENY_LIST);
    }

    @Test
    void sealedByTheAllowListItForbidsEverythingAndWorks() throws Exception {
        sealed(new ChildJvm(base, List.of()), Sealing.Filter.ALLOW_LIST);
    }

    @Test
    void sealedAsAnUnprivilegedUserItForbidsEverythingAndWorks() throws Exception {
        sealed(unprivileged(), Sealing.Filter.DENY_LIST);
    }

    @Test
    void otherProcessesOfTheSameUserCannotLookInside() throws Exception {
        var process = unprivileged().start(SealedProcess.Mode.IDLE, Sealing.Filter.DENY_LIST);
        var other = new ProcessBuilder(command("sleep", "60")).start();
        try (var output = process.inputReader()) {
            linesUntil(output, process, "sealed");
            assertEquals(0, lookedInto(other.pid()), "another process can be looked into");
            assertNotEquals(0, lookedInto(process.pid()));
            process.toHandle().destroy();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertEquals(ENDED_BY_SIGTERM, process.exitValue());
        } finally {
            process.destroyForcibly();
            other.destroyForcibly();
        }
    }

    private static void sealed(ChildJvm child, Sealing.Filter filter) throws Exception {
        var process = child.start(SealedProcess.Mode.SEALED, filter);
        try (var output = process.inputReader()) {
            var findings = linesUntil(output, process, "checked");
            assertEquals(
                    List.of(),
                    findings.stream().filter(line -> line.startsWith("ALLOWED")).toList());
            for (String thread : List.of("main", "older", "younger", "virtual", "signal")) {
                long tried = findings.stream()
                        .filter(line -> line.startsWith("forbidden " + thread))
                        .count();
                assertTrue(tried > 150, thread + " tried " + tried);
            }
            assertEquals(List.of("worked"), linesUntil(output, process, "serving"));
            everyThreadIsFiltered(process.pid());
            for (int client = 0; client < 20; client++) {
                assertTrue(answer(child.directory().resolve("socket")).startsWith("hello"));
            }
            process.outputWriter().close();
            assertEquals("done", output.readLine());
            assertEquals(0, process.waitFor());
            assertEquals("one line\n", Files.readString(child.directory().resolve("audit")));
        } finally {
            process.destroyForcibly();
        }
    }

    /// What is exempt can be done after the seal, and nothing beside it.
    @Test
    void whatIsExemptWorksAndNothingElse() throws Exception {
        for (var mode : List.of(SealedProcess.Mode.READING, SealedProcess.Mode.WRITING)) {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                var child = new ChildJvm(base, List.of());
                Files.deleteIfExists(child.directory().resolve("socket"));
                Files.writeString(child.directory().resolve("to-be-read"), "later");
                var process = child.start(mode, Sealing.Filter.DENY_LIST, Integer.toString(server.getLocalPort()));
                try (var output = process.inputReader()) {
                    var findings = linesUntil(output, process, "checked");
                    assertEquals(
                            List.of(),
                            findings.stream()
                                    .filter(line -> line.startsWith("ALLOWED"))
                                    .toList(),
                            mode.toString());
                    assertEquals(
                            List.of("read later", "connected to a socket", "connected to the port"),
                            linesUntil(output, process, "tried"));
                    process.outputWriter().close();
                    assertEquals("done", output.readLine());
                    assertEquals(0, process.waitFor());
                } finally {
                    process.destroyForcibly();
                }
                assertEquals(
                        mode == SealedProcess.Mode.WRITING,
                        Files.exists(child.directory().resolve("written-later")));
            }
        }
    }

    /// Seen from outside, where nothing of the sandbox has a say.
    private static void everyThreadIsFiltered(long process) throws IOException {
        try (var threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            var statuses = threads.map(task -> read(task.resolve("status"))).toList();
            assertTrue(statuses.size() > 5);
            assertTrue(statuses.stream().allMatch(status -> status.contains("\nSeccomp:\t2\n")));
            assertTrue(statuses.stream().allMatch(status -> status.contains("\nNoNewPrivs:\t1\n")));
        }
        assertTrue(read(Path.of("/proc/" + process + "/limits")).matches("(?s).*Max core file size +0 +0 .*"));
    }

    @Test
    void withoutTheSandboxTheSelfCheckFindsThat() throws Exception {
        var allowed = allowed(new ChildJvm(base, List.of()), SealedProcess.Mode.OPEN);
        assertTrue(allowed.size() > 700, "only " + allowed.size());
        assertEquals(
                4, allowed.stream().filter(line -> line.contains(" elsewhere ")).count());
        everyJavaAttemptSucceeds(allowed);
    }

    /// An attempt that would fail anyway would prove nothing about the seal.
    private static void everyJavaAttemptSucceeds(List<String> allowed) throws IOException {
        try (var channel = FileChannel.open(Path.of("/proc/self/status"))) {
            var attempts = new JavaAttempts(Path.of("/"), channel, Confinement.Exemption.NONE).all();
            assertTrue(attempts.size() > 15);
            for (var attempt : attempts) {
                assertTrue(allowed.stream().anyMatch(line -> line.contains(attempt.what())), attempt.what());
            }
        }
    }

    private static List<String> allowed(ChildJvm child, SealedProcess.Mode mode) throws Exception {
        var process = child.start(mode, Sealing.Filter.DENY_LIST);
        try (var output = process.inputReader()) {
            var lines = linesUntil(output, process, "done");
            assertEquals(0, process.waitFor());
            return lines.stream().filter(line -> line.startsWith("ALLOWED")).toList();
        }
    }

    /// The tests' own JVM has no sandbox, so what reads back that there is one must say so.
    @Test
    void readingBackFindsThatThereIsNone() {
        var calls = LinuxCalls.ofThisMachine();
        var inside = new Inside(calls, Landlock.abi(calls), Confinement.Exemption.NONE);
        assertEquals(
                "sandbox-forged",
                assertThrows(RefusedException.class, inside::verify).rule());
        try (var threads = ThreadStatuses.open()) {
            assertThrows(UnavailableException.class, threads::requireFiltered);
        }
    }

    @Test
    void aCallOfTheX32TableKills() throws Exception {
        assumeTrue(LinuxCalls.ofThisMachine().architecture() == Architecture.X86_64, "x32 is x86-64's");
        var process = new ChildJvm(base, List.of()).start(SealedProcess.Mode.X32, Sealing.Filter.DENY_LIST);
        assertEquals(KILLED_BY_SIGSYS, process.waitFor());
        assertFalse(new String(process.getInputStream().readAllBytes(), UTF_8).contains("alive"));
    }

    @Test
    void aForgedMarkerIsRefused() throws Exception {
        var plain = List.of("env", "CHANCERY_CONFINED=1");
        assertTrue(refusal(plain).contains("CHANCERY_CONFINED is set, but this process may gain rights"));
        var better = List.of("env", "-i", "CHANCERY_CONFINED=1", "setpriv", "--no-new-privs");
        assumeTrue(isInstalled("setpriv"), "needs setpriv");
        assertTrue(refusal(better).contains("CHANCERY_CONFINED is set, but this process is able to list /"));
    }

    private String refusal(List<String> prefix) throws Exception {
        var process = new ChildJvm(base, prefix).start(SealedProcess.Mode.IDLE, Sealing.Filter.DENY_LIST);
        assertEquals(1, process.waitFor());
        assertFalse(new String(process.getInputStream().readAllBytes(), UTF_8).contains("inside"));
        return new String(process.getErrorStream().readAllBytes(), UTF_8);
    }

    private static int lookedInto(long process) throws Exception {
        return new ProcessBuilder(command("cat", "/proc/" + process + "/environ", "/proc/" + process + "/maps"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static List<String> command(String... words) {
        var command = new ArrayList<>(UNPRIVILEGED);
        command.addAll(List.of(words));
        return command;
    }

    private ChildJvm unprivileged() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root") && isInstalled("setpriv"), "needs root and setpriv");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        var child = new ChildJvm(base, UNPRIVILEGED);
        var nobody = base.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534");
        Files.setOwner(child.directory(), nobody);
        return child;
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static String answer(Path socket) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
            channel.shutdownOutput();
            return new String(java.nio.channels.Channels.newInputStream(channel).readAllBytes(), UTF_8);
        }
    }

    private static List<String> linesUntil(BufferedReader output, Process process, String last) throws IOException {
        var lines = new ArrayList<String>();
        for (String line = output.readLine(); !last.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new AssertionError(
                        lines + new String(process.getErrorStream().readAllBytes(), UTF_8));
            }
            lines.add(line);
        }
        return lines;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
