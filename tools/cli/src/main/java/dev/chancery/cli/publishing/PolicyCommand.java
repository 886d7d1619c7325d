// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.receipts.LogOption;
import dev.chancery.cli.receipts.Receipts;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.enclave.libraries.Wiring;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A command that lets artifacts pass only by a policy.
@SuppressWarnings("this-escape") // options are added to the command that is being made, and do not look into it
abstract class PolicyCommand extends Command {
    private final Supplier<List<String>> requirements = options(
            "--require",
            "WHO",
            "An authority, or K:NAME,NAME,... for at least K of them. All that are given must hold.");
    private final Supplier<Optional<Path>> policy =
            pathOption("--policy", "FILE", "A policy file instead: docs/policies.md.");
    private final Supplier<Optional<Path>> keyring = pathOption(
            "--keyring", "DIR", "Public keys as 'chancery keyring export' writes them. Default: the office's own.");
    private final Supplier<Optional<String>> log = option(
            "--log",
            "KEY|FILE",
            "A log's public key, or a policy with logs and witnesses: only signatures count whose receipt beside them"
                    + " (.tlog-proof) proves that they are logged.");
    private final Supplier<Boolean> named = flag(
            "--named",
            "With --log: only signatures count that are logged under the artifact's name, so that another one, or an"
                    + " old version under a new name, is refused. sigstore's entries have no names.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    PolicyCommand(Terminal terminal, String... description) {
        super(terminal, description);
    }

    final Judge judge() {
        var wiring = Wiring.ofLibraries();
        var demanded = VerificationOptions.policy(requirements.get(), policy.get());
        var directory = VerificationOptions.keyring(terminal(), keyring.get(), wiring);
        var judge = Judge.of(terminal(), demanded, directory, wiring);
        if (named.get() && log.get().isEmpty()) {
            throw new UsageException("--named is for --log: the log knows the name");
        }
        log.get()
                .map(LogOption::policy)
                .map(Receipts::new)
                .ifPresent(all -> judge.verification().demand(named.get() ? all.naming() : all));
        return judge;
    }

    final boolean inJson() {
        return json.get();
    }
}
