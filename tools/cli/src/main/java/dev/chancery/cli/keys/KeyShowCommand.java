// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.KeyView;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.JsonFields;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key show`.
public final class KeyShowCommand extends KeyCommand {
    private final Supplier<Optional<String>> cycle = cycle("all of them");

    public KeyShowCommand(Terminal terminal) {
        super(terminal, "Shows an authority's cycles with their keys, dates, certifications, and what has to be done.");
    }

    @Override
    public Integer call() {
        var life = office().life(authority());
        var entries = life.ledger().entries().stream()
                .filter(entry -> cycle.get().isEmpty()
                        || cycle.get().get().equals(entry.cycle().name().text()))
                .toList();
        if (entries.isEmpty()) {
            life.entry(cycle.get()); // says what is missing
        }
        if (isJson()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put(
                                    "keys",
                                    entries.stream()
                                            .map(entry -> KeyView.json(life, entry))
                                            .toList())
                            .toJson()
                            .pretty());
            return ExitStatus.DONE;
        }
        say("authority %s, %s"
                .formatted(life.authority(), life.ledger().profile().label()));
        entries.forEach(entry -> say(KeyView.lines(life, entry)));
        return ExitStatus.DONE;
    }
}
