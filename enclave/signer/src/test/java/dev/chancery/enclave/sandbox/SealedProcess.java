// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/// A process that confines and seals itself, tries what is forbidden, works, and serves on a socket until its
/// standard input ends. It says on standard output what came of it.
final class SealedProcess {
    /// What a process does, by the name that it is given.
    enum Mode {
        /// Everything.
        SEALED,
        /// Sealed, and then nothing until its standard input ends.
        IDLE,
        /// Nothing of the sandbox: the self-check has to find that.
        OPEN,
        /// Sealed, and then a call of the x32 table.
        X32,
        /// Sealed but for reading and for connections.
        READING,
        /// The same, and for writing.
        WRITING
    }

    private final Path directory;
    private final Mode mode;
    private final Sealing.Filter filter;

    /// A port to connect to, where the mode does that; else 0.
    private final int port;

    private SealedProcess(List<String> arguments) {
        this.directory = Path.of(arguments.get(0));
        this.mode = Mode.valueOf(arguments.get(1));
        this.filter = Sealing.Filter.valueOf(arguments.get(2));
        this.port = isExempt() ? Integer.parseInt(arguments.get(4)) : 0;
    }

    /// Directory, mode, filter, a jar of the class path, perhaps a port.
    public static void main(String[] arguments) throws Exception {
        new SealedProcess(List.of(arguments)).run(Path.of(arguments[3]));
    }

    private boolean isExempt() {
        return mode == Mode.READING || mode == Mode.WRITING;
    }

    private Confinement.Exemption exemption() {
        if (!isExempt()) {
            return Confinement.Exemption.NONE;
        }
        var files = new Confinement.Later(
                List.of(directory.resolve("to-be-read")), mode == Mode.WRITING ? List.of(directory) : List.of());
        return new Confinement.Exemption(
                files, new Confinement.Connections(true, Set.of(port)), Map.of("GIVEN_TO_THE_LIBRARY", "1"));
    }

    /// What the exemption is for, for the first time after the seal.
    private void useExemption() throws IOException {
        if (!"1".equals(System.getenv("GIVEN_TO_THE_LIBRARY"))) {
            throw new IllegalStateException("the variable is missing");
        }
        System.out.println("read " + Files.readString(directory.resolve("to-be-read")));
        try (var socket = java.nio.channels.SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(directory.resolve("socket")));
        }
        System.out.println("connected to a socket");
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port).close();
        System.out.println("connected to the port");
        try {
            Files.writeString(directory.resolve("written-later"), "x");
        } catch (IOException e) {
            if (mode == Mode.WRITING) {
                throw e;
            }
        }
        System.out.println("tried");
    }

    private void run(Path library) throws Exception {
        var sandbox = mode == Mode.OPEN
                ? null
                : Sandbox.confine(
                        new Confinement(List.of(), List.of(directory), Set.of(Part.MEMORY_LOCK), exemption()));
        System.out.println("inside");
        var audit = FileChannel.open(directory.resolve("audit"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
        var work = new Workload(audit, library);
        var check = SelfCheck.prepare(directory, exemption());
        var dispatcher = SignalThread.prepare();
        elsewhere("main").forEach(System.out::println);
        dispatcher.run(() -> elsewhere("signal")).forEach(System.out::println);
        if (sandbox != null) {
            System.out.println(sandbox.seal(new Sealing(filter, Set.of(Part.MEMORY_LOCK))));
            System.out.println("sealed");
        }
        if (mode == Mode.X32) {
            LinuxCalls.ofThisMachine().syscall(0x40000000 | SystemCall.GETPID.number(Architecture.X86_64));
            System.out.println("alive");
            return;
        }
        if (mode == Mode.IDLE) {
            awaitEnd();
            return;
        }
        check.run().all().forEach(System.out::println);
        dispatcher.run(() -> check.attemptsOn("signal")).forEach(System.out::println);
        System.out.println("checked");
        if (mode == Mode.SEALED) {
            work.run();
            System.out.println("worked");
            Thread.ofVirtual().start(() -> serve(server));
            System.out.println("serving");
            awaitEnd();
        }
        if (isExempt()) {
            useExemption();
            awaitEnd();
        }
        System.out.println("done");
    }

    /// What Landlock has to forbid before the seal, on threads that are as old as the JVM too.
    private List<SelfCheck.Finding> elsewhere(String thread) {
        return List.of(
                found(thread, "read elsewhere", () -> Files.readString(Path.of("/etc/hosts"))),
                found(thread, "write elsewhere", () -> Files.writeString(directory.resolveSibling(thread), "")));
    }

    private static SelfCheck.Finding found(String thread, String what, Callable<?> trial) {
        try {
            trial.call();
            return new SelfCheck.Finding(thread, what, "SUCCEEDED", false);
        } catch (Exception e) {
            return new SelfCheck.Finding(thread, what, e.toString(), e instanceof AccessDeniedException);
        }
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // The test closes standard input when it is done.
        }
    }

    /// Sends back what each client sends first.
    private static void serve(ServerSocketChannel server) {
        try {
            while (true) {
                var client = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        var bytes = ByteBuffer.allocate(1_000);
                        client.read(bytes);
                        client.write(bytes.flip());
                        client.write(ByteBuffer.wrap(user(client).getBytes(UTF_8)));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String user(java.nio.channels.SocketChannel client) throws IOException {
        // By its name, because the module of the enclave does not require jdk.net.
        for (var option : client.supportedOptions()) {
            if (option.name().equals("SO_PEERCRED")) {
                return " from " + client.getOption(option);
            }
        }
        return " from nobody known";
    }
}
