// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.server.ConsoleJournal;
import dev.chancery.server.Server;
import dev.chancery.server.ServerConfiguration;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A server of this process, until a signal ends it.
final class RunningServer {
    /// The library's own account of its start, which is for its developers. Held, so that the level stays.
    private static final Logger LIBRARY = Logger.getLogger("io.helidon");

    private final Server server;
    private final Terminal terminal;
    private final CountDownLatch ended = new CountDownLatch(1);

    private RunningServer(Server server, Terminal terminal) {
        this.server = server;
        this.terminal = terminal;
    }

    static RunningServer start(ServerConfiguration configuration, Path directory, Terminal terminal) {
        LIBRARY.setLevel(Level.WARNING);
        var around = new Server.Surroundings(
                directory,
                terminal.clock(),
                new SecureRandom(),
                Wiring.ofLibraries().hashes(),
                new ConsoleJournal(terminal.out(), terminal.err()));
        var running = new RunningServer(Server.start(configuration, around), terminal);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "chancery-end"));
        return running;
    }

    private void close() {
        server.close();
        terminal.out().flush();
        ended.countDown();
    }

    void tell() {
        terminal.err().println("serving at " + server.url());
        server.fingerprint()
                .ifPresent(print -> terminal.err().println("its certificate has the SHA-256 fingerprint " + print));
    }

    void await() throws InterruptedException {
        ended.await();
    }

    /// Until the enclave ends, too: without it nothing can be signed, and whoever started us is to know.
    void awaitWith(EnclaveProcess enclave) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(enclave::close, "chancery-enclave-end"));
        int status = enclave.await();
        terminal.err().println("chancery: the enclave ended with status " + status);
    }
}
