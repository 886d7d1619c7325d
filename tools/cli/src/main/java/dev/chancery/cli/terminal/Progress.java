// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Tells a person at a terminal how far long work has come; silent in the first second and in a pipe.
public final class Progress implements LongConsumer {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STEP_NANOS = Duration.ofMillis(200).toNanos();
    private static final double MIB = 1 << 20;

    private final Terminal terminal;
    private final String name;
    private final long size;
    private final long start = System.nanoTime();
    private long shown = start;
    private @Nullable Boolean watched;

    /// `size` is 0 when nobody knows.
    public Progress(Terminal terminal, String name, long size) {
        this.terminal = terminal;
        this.name = name;
        this.size = size;
    }

    @Override
    public void accept(long bytes) {
        long now = System.nanoTime();
        if (now - start > PATIENCE_NANOS && now - shown > STEP_NANOS && isWatched()) {
            shown = now;
            String share = size > 0 ? String.format(Locale.ROOT, "%3d %%  ", 100 * bytes / size) : "";
            terminal.err().print(String.format(Locale.ROOT, "\r%s  %s%.0f MiB\u001b[K", name, share, bytes / MIB));
            terminal.err().flush();
        }
    }

    private boolean isWatched() {
        if (watched == null) {
            watched = terminal.isWatched();
        }
        return watched;
    }

    /// Clears the line, if there is one.
    public void done() {
        if (shown != start) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
