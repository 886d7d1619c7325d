// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.EscrowOptions;
import dev.chancery.cli.life.NewKeys;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.terminal.Terminal;
import java.util.function.Supplier;

/// `chancery key plan`.
public final class KeyPlanCommand extends KeyCommand {
    private final NextCycle next = new NextCycle(
            cycle("none, it has to be named"),
            option("--start", "DATE", "Its first day. Default: the end of the cycle before."),
            option("--end", "DATE", "The day after its last one. Default: it is as long as the cycle before."),
            option("--overlap", "DAYS", "As with 'key create'. Default: that of the cycle before."),
            option("--algorithm", "ALGORITHM", new Candidates.Algorithms(), "Default: ed25519."),
            option("--provider", "NAME", "The key provider that makes and holds the signing key. Default: file."));
    private final EscrowOptions escrow = escrow();
    private final Supplier<Boolean> dryRun = dryRun();

    public KeyPlanCommand(Terminal terminal) {
        super(
                terminal,
                "Makes the signing key of an authority's next cycle, and its revocations for escrow.",
                "",
                "With subkeys the primary key binds it; else it gets a primary key of its own, which the one before"
                        + " certifies. Nobody sees it before 'key publish'.");
        examples("  chancery key plan release --cycle 2027b");
    }

    @Override
    public Integer call() {
        var office = office();
        var life = office.life(authority());
        var wish = next.wish(life);
        if (dryRun.get()) {
            wouldMake(wish.cycle());
            if (!isJson()) {
                say("verifiers see nothing of it before it is published");
            }
            return ExitStatus.DONE;
        }
        new NewKeys(office, escrow.escrow(office.office(), terminal(), true)).plan(life, wish);
        var entry = life.ledger().entries().getLast();
        answer(
                life,
                entry,
                "made %s, which is %s"
                        .formatted(life.subject(entry), life.state(entry).label()));
        return ExitStatus.DONE;
    }
}
