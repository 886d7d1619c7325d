// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.file.PassphraseSource;
import java.io.Console;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// The text form of a passphrase source, in `init --passphrase` and in `office.json`:
/// `file:PATH`, `fd:NUMBER`, `credential:NAME`, `prompt`.
public final class PassphraseOption {
    private PassphraseOption() {}

    /// A relative path is relative to the office.
    public static PassphraseSource parse(String text, Terminal terminal, Path home) {
        return parse(text, terminal, home, false);
    }

    /// With `making` a person is asked twice.
    public static PassphraseSource parse(String text, Terminal terminal, Path home, boolean making) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        boolean known = switch (kind) {
            case "file", "fd", "credential" -> !rest.isEmpty();
            case "prompt" -> colon < 0;
            default -> false;
        };
        if (!known) {
            throw MalformedException.value(
                    "passphrase source", text, "is not file:PATH, fd:NUMBER, credential:NAME or prompt");
        }
        return switch (kind) {
            case "file" -> new PassphraseSource.OfFile(home.resolve(rest));
            case "fd" -> new PassphraseSource.OfDescriptor(descriptor(rest));
            case "credential" -> new PassphraseSource.OfCredential(credentials(terminal), rest);
            default -> new PassphraseSource.OfPrompt(PassphraseOption::ask, making);
        };
    }

    private static int descriptor(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw MalformedException.value("passphrase descriptor", text, "is not a number");
        }
    }

    private static Path credentials(Terminal terminal) {
        String directory = terminal.environment().get("CREDENTIALS_DIRECTORY");
        if (directory == null || directory.isEmpty()) {
            throw new HintedException(
                    new UnavailableException("CREDENTIALS_DIRECTORY does not say where systemd's credentials are"),
                    "it is set in a service with LoadCredential=; see systemd.exec(5)");
        }
        return Path.of(directory);
    }

    private static Optional<char[]> ask(String question) {
        Console console = Objects.requireNonNull(System.console(), "never null since JDK 22");
        if (!console.isTerminal()) {
            throw new HintedException(
                    new UnavailableException("there is no terminal to ask for the passphrase"),
                    "office.json can name another source: file:PATH, fd:NUMBER or credential:NAME");
        }
        return Optional.ofNullable(console.readPassword("%s", question));
    }
}
