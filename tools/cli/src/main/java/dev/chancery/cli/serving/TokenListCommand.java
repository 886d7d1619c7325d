// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.store.token.Token;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery token list`.
public final class TokenListCommand extends Command {
    private final Supplier<Optional<Path>> config =
            pathOption("--config", "FILE", "The server's configuration. Default: that of the local office.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public TokenListCommand(Terminal terminal) {
        super(terminal, "Lists the tokens of a server, also those that have ended. Their secrets are kept nowhere.");
    }

    @Override
    public Integer call() {
        List<Token> tokens;
        try (var store = FirstToken.open(TokenStore.existing(terminal(), config.get()))) {
            tokens = store.tokens().list();
        }
        if (json.get()) {
            var list = tokens.stream().map(TokenListCommand::json).toList();
            terminal().out().print(new JsonFields().put("tokens", list).toJson().pretty());
        } else {
            tokens.forEach(token -> terminal()
                    .out()
                    .println("%-20s %s  %s".formatted(token.name(), state(token), String.join(" ", token.scopes()))));
        }
        return ExitStatus.DONE;
    }

    private String state(Token token) {
        return token.revoked()
                .map(time -> "revoked " + time)
                .orElse((token.isValidAt(terminal().clock().instant()) ? "until " : "ended ") + token.expires());
    }

    private static Json json(Token token) {
        var fields = new JsonFields()
                .put("name", token.name())
                .putTexts("scopes", token.scopes())
                .put("created", token.created().toString())
                .put("expires", token.expires().toString());
        token.revoked().ifPresent(time -> fields.put("revoked", time.toString()));
        return fields.toJson();
    }
}
