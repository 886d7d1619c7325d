// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.life.EscrowOptions;
import dev.chancery.cli.life.KeyLife;
import dev.chancery.cli.life.KeyView;
import dev.chancery.cli.life.LifeOffice;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.json.JsonFields;
import dev.chancery.life.Cycle;
import dev.chancery.life.Forecast;
import dev.chancery.life.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What the commands about one authority's keys share.
abstract class KeyCommand extends Command {
    private final Supplier<String> name = argument("AUTHORITY", "Whose keys.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    protected KeyCommand(Terminal terminal, String... description) {
        super(terminal, description);
    }

    protected final Authority authority() {
        return new Authority(name.get());
    }

    protected final boolean isJson() {
        return json.get();
    }

    protected final LifeOffice office() {
        return LifeOffice.of(Office.of(terminal()), terminal().clock().instant());
    }

    /// `--dry-run`.
    protected final Supplier<Boolean> dryRun() {
        return flag("--dry-run", "Change nothing; show what would be done and what verifiers would think of it.");
    }

    /// `--cycle NAME`.
    protected final Supplier<Optional<String>> cycle(String otherwise) {
        return option("--cycle", "NAME", "The cycle whose key is meant. Default: " + otherwise + ".");
    }

    /// `--escrow` and `--escrow-passphrase`.
    protected final EscrowOptions escrow() {
        return new EscrowOptions(
                pathOption("--escrow", "DIR", "Where sealed revocations lie. Default: escrow/ of the office."),
                option(
                        "--escrow-passphrase",
                        "SOURCE",
                        "Their passphrase: file:PATH, fd:NUMBER, credential:NAME or prompt. Default: the file"
                                + " 'escrow-passphrase' of the office."));
    }

    /// Tells what became of a key.
    protected final void answer(KeyLife life, Ledger.Entry entry, String done) {
        answer(life, entry, done, Optional.empty());
    }

    protected final void answer(KeyLife life, Ledger.Entry entry, String done, Optional<Forecast.Event> event) {
        var current = life.ledger().entry(entry.key()).orElse(entry);
        if (isJson()) {
            var fields = new JsonFields().put("done", done).put("key", KeyView.json(life, current));
            event.ifPresent(happening -> fields.put("forecast", KeyView.forecastJson(happening)));
            terminal().out().print(fields.toJson().pretty());
            return;
        }
        say(done);
        event.ifPresent(happening -> KeyView.forecast(happening).forEach(this::say));
        life.warnings(current).forEach(warning -> say("warning: " + warning));
    }

    /// Tells what a dry run would do to a key that is there: `step` in a word, and in sentences.
    protected final void would(String step, List<String> sentences) {
        if (isJson()) {
            would(step, new JsonFields().putTexts("says", sentences));
            return;
        }
        say(sentences);
    }

    /// The same, of a key that would be made for a cycle.
    protected final void wouldMake(Cycle cycle) {
        if (isJson()) {
            would(
                    "make",
                    new JsonFields()
                            .put("cycle", cycle.name().text())
                            .put("start", cycle.start().toString())
                            .put("end", cycle.end().toString())
                            .put("expires", cycle.expiry().toString()));
            return;
        }
        say("would make a key of %s for cycle %s, from %s to %s, that expires %s"
                .formatted(authority(), cycle.name(), cycle.start(), cycle.end(), cycle.expiry()));
    }

    private void would(String step, JsonFields more) {
        terminal()
                .out()
                .print(new JsonFields()
                        .put("would", step)
                        .put("authority", authority().name())
                        .put("plan", more.toJson())
                        .toJson()
                        .pretty());
    }

    protected final void say(String line) {
        terminal().out().println(Shown.plain(line));
    }

    protected final void say(List<String> lines) {
        lines.forEach(this::say);
    }
}
