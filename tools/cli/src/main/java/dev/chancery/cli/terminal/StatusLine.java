// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.terminal;

import org.jspecify.annotations.Nullable;

/// One line that tells a person at a terminal what is waited for; silent in a pipe. For several threads.
public final class StatusLine {
    private final Terminal terminal;
    /// Both under this object's lock.
    private @Nullable Boolean watched;
    private boolean shown;

    public StatusLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Shows a text in the place of the one before.
    public synchronized void show(String text) {
        if (watched == null) {
            watched = terminal.isWatched();
        }
        if (watched) {
            terminal.err().print("\r" + Shown.plain(text) + "\u001b[K");
            terminal.err().flush();
            shown = true;
        }
    }

    /// Clears the line, if there is one.
    public synchronized void clear() {
        if (shown) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            shown = false;
        }
    }
}
