// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.files;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;

/// Standard output as the place of a file. A reader that went away is an error: a signature that nobody got is none.
public final class StandardOutput {
    private StandardOutput() {}

    public static void write(Terminal terminal, Bytes file) {
        byte[] bytes = file.toArray();
        terminal.out().write(bytes, 0, bytes.length);
        terminal.out().flush();
        if (terminal.out().checkError()) {
            throw new UnavailableException("standard output cannot be written");
        }
    }
}
