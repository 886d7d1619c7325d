// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.life.KeyLife;
import dev.chancery.cli.life.NewKeys;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.life.Cycle;
import dev.chancery.policy.Label;
import java.util.Optional;
import java.util.function.Supplier;

/// The options that say what the next cycle is. Without them it is as long as the one before and begins at its
/// end.
record NextCycle(
        Supplier<Optional<String>> name,
        Supplier<Optional<String>> start,
        Supplier<Optional<String>> end,
        Supplier<Optional<String>> overlap,
        Supplier<Optional<String>> algorithm,
        Supplier<Optional<String>> provider) {

    NewKeys.Wish wish(KeyLife life) {
        if (name.get().isEmpty()) {
            throw new UsageException("--cycle NAME is missing: the name of the next cycle");
        }
        var label = new Label(name.get().get());
        var usual = life.ledger().entries().getLast().cycle().next(label);
        var from = start.get().map(Cycle::day).orElse(usual.start());
        var to = end.get()
                .map(Cycle::day)
                .orElseGet(() -> from.plus(java.time.Duration.between(usual.start(), usual.end())));
        var cycle = new Cycle(
                label, from, to, overlap.get().isPresent() ? OverlapOption.parse(overlap.get()) : usual.overlap());
        return new NewKeys.Wish(
                cycle,
                algorithm.get().map(KeyAlgorithm::parse).orElse(KeyAlgorithm.ED25519),
                Optional.empty(),
                provider.get().map(Label::new));
    }
}
