// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.server.ConsoleJournal;
import dev.chancery.server.witness.WitnessConfiguration;
import dev.chancery.server.witness.WitnessServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A witness in this process. Apart from the command, which every other command's start loads, and without the
/// server's libraries then.
final class RunningWitness {
    /// As that of [RunningServer].
    private static final Logger LIBRARY = Logger.getLogger("io.helidon");

    private RunningWitness() {}

    /// Until it is told to end.
    static void run(WitnessConfiguration configuration, Path directory, Terminal terminal) throws InterruptedException {
        LIBRARY.setLevel(Level.WARNING);
        var around = new WitnessServer.Surroundings(
                directory, terminal.clock(), new SecureRandom(), new ConsoleJournal(terminal.out(), terminal.err()));
        var witness = WitnessServer.start(configuration, around);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            witness.close();
                            terminal.out().flush();
                            ended.countDown();
                        },
                        "chancery-end"));
        terminal.err().println("witnessing at " + witness.url());
        terminal.err().println("its key is " + Shown.plain(witness.key()));
        witness.fingerprint()
                .ifPresent(print -> terminal.err().println("its certificate has the SHA-256 fingerprint " + print));
        ended.await();
    }
}
