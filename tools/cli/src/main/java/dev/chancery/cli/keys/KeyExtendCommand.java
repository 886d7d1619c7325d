// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.life.EscrowOptions;
import dev.chancery.cli.life.KeyChange;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.life.Cycle;
import dev.chancery.life.Forecast;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key extend`.
public final class KeyExtendCommand extends KeyCommand {
    private final Supplier<String> end = requiredOption("--to", "DATE", "When it shall expire instead: 2028-03-01.");
    private final Supplier<Optional<String>> cycle = cycle("the key that is active");
    private final Supplier<Optional<Path>> output =
            pathOption("--output", "FILE", "Write the new certificate here too, to carry it to a server.");
    private final EscrowOptions escrow = escrow();
    private final Supplier<Boolean> noEscrow =
            flag("--no-escrow", "Leave sealed revocations as they are; 'retired' and 'superseded' are void then.");
    private final Supplier<Boolean> dryRun = dryRun();

    public KeyExtendCommand(Terminal terminal) {
        super(
                terminal,
                "Gives a signing key another end, by its primary key alone.",
                "",
                "The signing key need not be here. Extend before the end: apt 2.6 refuses whatever an"
                        + " expired key signed."
                        + " Sealed revocations are made anew, for a renewed key outlives soft ones of before.");
        examples("  chancery key extend release --to 2028-03-01 --output release.asc");
    }

    @Override
    public Integer call() {
        var office = office();
        var life = office.life(authority());
        var entry = life.entry(cycle.get());
        var until = Cycle.day(end.get());
        if (dryRun.get()) {
            var now = life.facts(entry).expires().map(Object::toString).orElse("never");
            answer(
                    life,
                    entry,
                    "%s ends %s; would end %s".formatted(life.subject(entry), now, until),
                    Optional.of(Forecast.Event.EXTENDED));
            return ExitStatus.DONE;
        }
        var sealed = noEscrow.get()
                ? Optional.<dev.chancery.cli.life.Escrow>empty()
                : Optional.of(escrow.escrow(office.office(), terminal(), false));
        new KeyChange(office, life).extend(entry, until, sealed);
        output.get().ifPresent(file -> {
            var files = new OutputFiles(true);
            files.write(file, life.certificate(entry.certificate()).armored());
            files.commit();
        });
        answer(life, entry, "%s expires %s".formatted(life.subject(entry), until));
        return ExitStatus.DONE;
    }
}
