// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.handle.SecretSource;
import java.io.Console;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// The text form of where a secret comes from, in `init --passphrase`, `provider add --pin` and
/// `office.json`: `file:PATH`, `fd:NUMBER`, `credential:NAME`, `prompt`. The name is that of the secret:
/// `passphrase`, `PIN`.
public record SecretOption(String name, Terminal terminal, Path home) {
    /// A relative path is relative to the office.
    public SecretSource parse(String text) {
        return parse(text, false);
    }

    /// With `making` a person is asked twice.
    public SecretSource parse(String text, boolean making) {
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
                    name + " source", text, "is not file:PATH, fd:NUMBER, credential:NAME or prompt");
        }
        return switch (kind) {
            case "file" -> new SecretSource.OfFile(home.resolve(rest));
            case "fd" -> new SecretSource.OfDescriptor(descriptor(rest));
            case "credential" -> new SecretSource.OfCredential(credentials(), rest);
            default -> new SecretSource.OfPrompt(this::ask, making);
        };
    }

    private int descriptor(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw MalformedException.value(name + " descriptor", text, "is not a number");
        }
    }

    private Path credentials() {
        String directory = terminal.environment().get("CREDENTIALS_DIRECTORY");
        if (directory == null || directory.isEmpty()) {
            throw new HintedException(
                    new UnavailableException("CREDENTIALS_DIRECTORY does not say where systemd's credentials are"),
                    "it is set in a service with LoadCredential=; see systemd.exec(5)");
        }
        return Path.of(directory);
    }

    private Optional<char[]> ask(String question) {
        Console console = Objects.requireNonNull(System.console(), "never null since JDK 22");
        if (!console.isTerminal()) {
            throw new HintedException(
                    new UnavailableException("there is no terminal to ask for the " + name),
                    "office.json can name another source: file:PATH, fd:NUMBER or credential:NAME");
        }
        return Optional.ofNullable(console.readPassword("%s", question));
    }
}
