// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery token revoke`.
public final class TokenRevokeCommand extends Command {
    private final Supplier<String> name = argument("NAME", "The token's name.");
    private final Supplier<Optional<Path>> config =
            pathOption("--config", "FILE", "The server's configuration. Default: that of the local office.");

    public TokenRevokeCommand(Terminal terminal) {
        super(terminal, "Revokes a token, at once and for ever. A server that runs needs no restart.");
    }

    @Override
    public Integer call() {
        try (var store = FirstToken.open(TokenStore.existing(terminal(), config.get()))) {
            var revoked = store.tokens()
                    .revoke(name.get())
                    .orElseThrow(
                            () -> new RefusedException("token-name", "there is no token " + Quoted.text(name.get())));
            terminal().out().println("token %s is revoked".formatted(revoked.name()));
        }
        return ExitStatus.DONE;
    }
}
