// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.core.UnavailableException;
import dev.chancery.protocol.EnclaveClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An enclave that runs beside the server, as a process of its own.
final class EnclaveProcess implements AutoCloseable {
    /// From the start of the process to its first answer: a JVM that seals itself, on a busy machine.
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final int POLL_MILLISECONDS = 50;

    private final Process process;

    private EnclaveProcess(Process process) {
        this.process = process;
    }

    /// Starts it, and returns when it answers. What it says goes to our standard error.
    static EnclaveProcess start(Path application, Path configuration, Path socket) {
        var command = List.of(application.resolve("bin/chancery").toString(), "enclave", configuration.toString());
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var enclave = new EnclaveProcess(process);
            enclave.awaitAnswer(socket);
            return enclave;
        } catch (IOException e) {
            throw new UnavailableException("the enclave cannot be started: " + e.getMessage(), e);
        }
    }

    private void awaitAnswer(Path socket) {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (var client = EnclaveClient.connect(socket)) {
                client.health();
                return;
            } catch (UnavailableException e) {
                pause();
            }
        }
        close();
        throw new UnavailableException("the enclave did not start; what it said stands above");
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while the enclave was starting", e);
        }
    }

    /// Waits until it ends.
    int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
