// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.KeyLife;
import dev.chancery.cli.life.KeyUse;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.life.KeyState;
import dev.chancery.life.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key publish`, `activate` and `retire`: one step in the life of one key.
public final class KeyUseCommand extends KeyCommand {
    private final Step step;
    private final Supplier<Optional<String>> cycle;
    private final Supplier<Boolean> dryRun;

    private KeyUseCommand(Terminal terminal, Step step) {
        super(terminal, step.summary, "", step.description);
        this.step = step;
        this.cycle = cycle(step == Step.RETIRE ? "the key that is active" : "the first one that waits for it");
        this.dryRun = dryRun();
    }

    public static KeyUseCommand publish(Terminal terminal) {
        return new KeyUseCommand(terminal, Step.PUBLISH);
    }

    public static KeyUseCommand activate(Terminal terminal) {
        return new KeyUseCommand(terminal, Step.ACTIVATE);
    }

    public static KeyUseCommand retire(Terminal terminal) {
        return new KeyUseCommand(terminal, Step.RETIRE);
    }

    private enum Step {
        PUBLISH(
                "Puts a planned key into the keyring, so that verifiers can have it before it signs.",
                "From here on the overlap runs. Hand out the keyring: 'keyring export', the server, key servers.",
                KeyState.CERTIFIED),
        ACTIVATE(
                "Has a published key sign from now on, and the one before no more.",
                "Refused before the key was published for the overlap, unless no other key is in use. An enclave that"
                        + " runs takes it up when it is started again.",
                KeyState.PUBLISHED),
        RETIRE(
                "Takes a key out of use without revoking it: it signs no more, and what it signed stays good.",
                "That is how a key ends: it expires the overlap after its cycle. Revoking it as retired would have gpg"
                        + " complain about every old signature.",
                KeyState.ACTIVE);

        private final String summary;
        private final String description;
        private final KeyState from;

        Step(String summary, String description, KeyState from) {
            this.summary = summary;
            this.description = description;
            this.from = from;
        }
    }

    @Override
    public Integer call() {
        var office = office();
        var life = office.life(authority());
        var entry = entry(life);
        if (dryRun.get()) {
            would(
                    word(),
                    List.of(
                            "%s is %s; would %s it"
                                    .formatted(
                                            life.subject(entry),
                                            life.state(entry).label(),
                                            word()),
                            forecast()));
            return ExitStatus.DONE;
        }
        var use = new KeyUse(life);
        switch (step) {
            case PUBLISH -> use.publish(entry);
            case ACTIVATE -> use.activate(entry);
            case RETIRE -> use.retire(entry);
        }
        var now = life.ledger().entry(entry.key()).orElse(entry);
        answer(
                life,
                now,
                "%s is %s".formatted(life.subject(now), life.state(now).label()));
        return ExitStatus.DONE;
    }

    private String word() {
        return step.name().toLowerCase(java.util.Locale.ROOT);
    }

    private String forecast() {
        return switch (step) {
            case PUBLISH -> "nothing changes for the signatures that there are";
            case ACTIVATE ->
                "signatures of before stay good for all verifiers; who has an older certificate does"
                        + " not know the key of"
                        + " new ones";
            case RETIRE -> "the certificate stays as it is: all signatures stay good for all verifiers, up to its end";
        };
    }

    private Ledger.Entry entry(KeyLife life) {
        if (cycle.get().isPresent() || step == Step.RETIRE) {
            return life.entry(cycle.get());
        }
        return life.ledger().entries().stream()
                .filter(one -> life.state(one) == step.from)
                .findFirst()
                .or(life::active)
                .orElseGet(() -> life.ledger().entries().getLast());
    }
}
