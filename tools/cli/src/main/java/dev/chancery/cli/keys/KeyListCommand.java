// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.KeyLife;
import dev.chancery.cli.life.KeyView;
import dev.chancery.cli.life.LifeOffice;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.util.ArrayList;
import java.util.function.Supplier;

/// `chancery key list`.
public final class KeyListCommand extends Command {
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyListCommand(Terminal terminal) {
        super(
                terminal,
                "Lists the OpenPGP keys that have cycles: state and end of each, and what has to be done about it.",
                "",
                "What has to be done stands on standard error.");
    }

    @Override
    public Integer call() {
        var office = LifeOffice.of(Office.of(terminal()), terminal().clock().instant());
        var keys = new ArrayList<Json>();
        for (var authority : office.authorities()) {
            var life = office.life(authority);
            if (json.get()) {
                life.ledger().entries().forEach(entry -> keys.add(KeyView.json(life, entry)));
            } else {
                show(life);
            }
        }
        if (json.get()) {
            terminal().out().print(new JsonFields().put("keys", keys).toJson().pretty());
        } else if (office.authorities().isEmpty()) {
            terminal().err().println("hint: 'chancery key create AUTHORITY' begins the first cycle");
        }
        return ExitStatus.DONE;
    }

    private void show(KeyLife life) {
        for (var entry : life.ledger().entries()) {
            terminal().out().println(KeyView.line(life, entry));
            life.warnings(entry)
                    .forEach(warning ->
                            terminal().err().println("warning: %s: %s".formatted(life.subject(entry), warning)));
        }
    }
}
