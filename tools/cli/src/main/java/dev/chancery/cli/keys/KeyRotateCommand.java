// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.EscrowOptions;
import dev.chancery.cli.life.KeyLife;
import dev.chancery.cli.life.KeyUse;
import dev.chancery.cli.life.LifeOffice;
import dev.chancery.cli.life.NewKeys;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.life.Ledger;
import java.util.List;
import java.util.function.Supplier;

/// `chancery key rotate`.
public final class KeyRotateCommand extends KeyCommand {
    private final NextCycle next = new NextCycle(
            option("--cycle", "NAME", "The name of the next cycle, where one is to be planned."),
            option("--start", "DATE", "Its first day. Default: the end of the cycle before."),
            option("--end", "DATE", "The day after its last one. Default: it is as long as the cycle before."),
            option("--overlap", "DAYS", "As with 'key create'. Default: that of the cycle before."),
            option("--algorithm", "ALGORITHM", new Candidates.Algorithms(), "Default: ed25519."),
            option("--provider", "NAME", "The key provider that makes and holds the signing key. Default: file."));
    private final EscrowOptions escrow = escrow();
    private final Supplier<Boolean> dryRun = dryRun();

    public KeyRotateCommand(Terminal terminal) {
        super(
                terminal,
                "Does what is due to bring an authority's next key to sign: plans it, publishes it, switches to it.",
                "",
                "Goes as far as it can and says what it waits for: certifications, the overlap, the beginning of the"
                        + " cycle. Give the same command again when that has passed. The key before drains and"
                        + " expires by"
                        + " itself.");
        examples("  chancery key rotate release --cycle 2027b");
    }

    @Override
    public Integer call() {
        var office = office();
        var life = office.life(authority());
        var use = new KeyUse(life);
        var due = use.due();
        if (dryRun.get()) {
            String step = due.kind().name().toLowerCase(java.util.Locale.ROOT);
            would(step, List.of("%s: would %s".formatted(due.words(), step)));
            return ExitStatus.DONE;
        }
        if (due.kind() == KeyUse.Due.Kind.PLAN) {
            plan(office, life);
            due = use.due();
        }
        // A plan leads to a publication and that to an activation; nothing leads back.
        while (due.kind() == KeyUse.Due.Kind.PUBLISH || due.kind() == KeyUse.Due.Kind.ACTIVATE) {
            Ledger.Entry entry = due.entry().orElseThrow();
            if (due.kind() == KeyUse.Due.Kind.PUBLISH) {
                use.publish(entry);
                due = use.due();
            } else {
                use.activate(entry);
                answer(life, entry, "%s is active".formatted(life.subject(entry)));
                return ExitStatus.DONE;
            }
        }
        answer(life, due.entry().orElseThrow(), due.words());
        return ExitStatus.DONE;
    }

    private void plan(LifeOffice office, KeyLife life) {
        new NewKeys(office, escrow.escrow(office.office(), terminal(), true)).plan(life, next.wish(life));
    }
}
