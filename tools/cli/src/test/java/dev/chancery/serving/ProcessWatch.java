// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import dev.chancery.interop.Office;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What anybody sees of the processes of ours that this one starts, and of theirs: their arguments, and the
/// environment. A client that a test plays is its own business.
final class ProcessWatch implements AutoCloseable {
    private static final String OURS = Office.PACKAGED.toString();

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean over;

    ProcessWatch() {
        thread = Thread.ofPlatform().start(this::watch);
    }

    private void watch() {
        while (!over) {
            ProcessHandle.current().descendants().forEach(this::look);
        }
    }

    private void look(ProcessHandle process) {
        String arguments = read(process.pid(), "cmdline");
        if (arguments.contains(OURS)) {
            seen.add(arguments);
            seen.add(read(process.pid(), "environ"));
        }
    }

    private static String read(long process, String file) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process), file)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended, or does not let itself be read
        }
    }

    Set<String> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
