// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines for programs (`[GNUPG:] GOODSIG …`) that go to the descriptor of `--status-fd`: GnuPG's doc/DETAILS.
final class StatusLines {
    private final Optional<PrintStream> stream;

    private StatusLines(Optional<PrintStream> stream) {
        this.stream = stream;
    }

    static StatusLines of(Terminal terminal, Optional<Integer> descriptor) {
        return new StatusLines(descriptor.map(number -> switch (number) {
            case 1 -> terminal.out();
            case 2 -> terminal.err();
            default -> open(number);
        }));
    }

    /// Never closed: the process ends soon, and the descriptor is the caller's.
    private static PrintStream open(int number) {
        try {
            return new PrintStream(new FileOutputStream("/proc/self/fd/" + number, true), true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UnavailableException(
                    "--status-fd %d cannot be written: %s".formatted(number, FileCause.of(e)), e);
        }
    }

    /// A keyword and its words. A user ID is the last of them; its control characters are shown as `%0A`.
    void say(String keyword, Object... words) {
        stream.ifPresent(to -> {
            var line = new StringBuilder("[GNUPG:] ").append(keyword);
            for (Object word : words) {
                line.append(' ').append(escaped(word.toString()));
            }
            to.print(line.append('\n'));
            to.flush();
        });
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < ' ' || c == '%' || c == 0x7f) {
                escaped.append("%%%02X".formatted(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
