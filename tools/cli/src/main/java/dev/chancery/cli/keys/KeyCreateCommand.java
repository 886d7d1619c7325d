// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.EscrowOptions;
import dev.chancery.cli.life.NewKeys;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.office.RulesFile;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Artifact;
import dev.chancery.core.FormatName;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.life.Cycle;
import dev.chancery.life.Profile;
import dev.chancery.policy.Label;
import dev.chancery.policy.NamePattern;
import dev.chancery.policy.SigningScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `chancery key create`.
public final class KeyCreateCommand extends KeyCommand {
    private static final FormatName OPENPGP = new FormatName("openpgp");

    private final Supplier<String> cycle = requiredOption("--cycle", "NAME", "The name of the first cycle: 2027a.");
    private final Supplier<String> start = requiredOption("--start", "DATE", "Its first day: 2027-01-01.");
    private final Supplier<String> end = requiredOption("--end", "DATE", "The day after its last one: 2027-07-01.");
    private final Supplier<Optional<String>> overlap = option("--overlap", "DAYS", OverlapOption.MEANING);
    private final Supplier<Optional<String>> profile = option(
            "--profile",
            "PROFILE",
            List.of("subkey-per-cycle", "primary-per-cycle"),
            "One of ${COMPLETION-CANDIDATES}. Default: subkey-per-cycle.");
    private final Supplier<Optional<String>> algorithm = option(
            "--algorithm",
            "ALGORITHM",
            new Candidates.Algorithms(),
            "ed25519, rsa-4096 or ecdsa-p256. Default: ed25519.");
    private final Supplier<Optional<String>> userId = option(
            "--user-id",
            "TEXT",
            "The user ID of the certificate: 'QA <qa@example.org>'. Default: the authority's name.");
    private final Supplier<Optional<String>> provider =
            option("--provider", "NAME", "The key provider that makes and holds the signing key. Default: file.");
    private final Supplier<Optional<String>> primaryProvider = option(
            "--primary-provider",
            "NAME",
            "The token that makes and holds the primary key. Default: file, in primary/.");
    private final EscrowOptions escrow = escrow();
    private final Supplier<Boolean> dryRun = dryRun();

    public KeyCreateCommand(Terminal terminal) {
        super(
                terminal,
                "Makes an authority's OpenPGP primary key and the signing key of its first cycle.",
                "",
                "The signing key expires the overlap after the end of its cycle. Revocations for"
                        + " every reason are sealed"
                        + " under a passphrase of their own; move them and it to where the keys are not. An OpenPGP key"
                        + " that 'authority add' made becomes the key of the cycle, and signs on.");
        examples(
                "  chancery key create release --cycle 2027a --start 2027-01-01 --end 2027-07-01",
                "  chancery key rotate release");
    }

    @Override
    public Integer call() {
        var chosen = new Cycle(
                new Label(cycle.get()),
                Cycle.day(start.get()),
                Cycle.day(end.get()),
                OverlapOption.parse(overlap.get()));
        var style = profile.get().map(Profile::parse).orElse(Profile.SUBKEY_PER_CYCLE);
        var office = office();
        var description = office.office().formats().get(OPENPGP).description();
        var kind = algorithm.get().map(KeyAlgorithm::parse).orElse(description.defaultAlgorithm());
        description.requireAlgorithm(kind);
        var wish = new NewKeys.Wish(chosen, kind, userId.get(), provider.get().map(Label::new));
        if (dryRun.get()) {
            wouldMake(chosen);
            return ExitStatus.DONE;
        }
        var made = new NewKeys(
                        office,
                        escrow.escrow(office.office(), terminal(), true),
                        primaryProvider.get().map(Label::new))
                .create(authority(), style, wish);
        permit(office.office());
        var entry = made.ledger().entries().getFirst();
        answer(
                made,
                entry,
                "made %s, which is %s"
                        .formatted(made.subject(entry), made.state(entry).label()));
        return ExitStatus.DONE;
    }

    /// As 'authority add' does, for whoever runs this.
    private void permit(dev.chancery.cli.office.Office office) {
        var scope = new SigningScope(Set.of(OPENPGP), List.of(new NamePattern("*")), Artifact.SIZE_BYTES_MAX);
        boolean permitted = office.rules().mayAsk(office.requester(), authority());
        if (!permitted) {
            RulesFile.of(office)
                    .add(authority().name(), new RulesFile.Permission(List.of(office.requester()), authority(), scope));
        }
    }
}
