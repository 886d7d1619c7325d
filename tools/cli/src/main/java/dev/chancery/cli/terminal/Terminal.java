// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// What a command sees of the world: its streams, its environment, its clock. Tests hand in their own.
public record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Clock clock) {
    public static Terminal system() {
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                Clock.systemUTC());
    }

    /// Whether a person watches standard error, so that progress helps instead of filling a file.
    public boolean isWatched() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false; // without /proc nobody can tell, and silence is never wrong
        }
    }
}
