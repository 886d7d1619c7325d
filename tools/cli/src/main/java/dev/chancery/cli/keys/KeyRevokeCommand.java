// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.life.EscrowOptions;
import dev.chancery.cli.life.KeyChange;
import dev.chancery.cli.life.KeyLife;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.life.Forecast;
import dev.chancery.life.Ledger;
import dev.chancery.openpgp.RevocationReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key revoke`.
public final class KeyRevokeCommand extends KeyCommand {
    private final Supplier<String> reason = requiredOption(
            "--reason", "REASON", "retired, superseded, compromised or no-reason, which is as hard as compromised.");
    private final Supplier<Optional<String>> cycle = cycle("the key that is active");
    private final Supplier<Boolean> whole =
            flag("--whole-certificate", "Revoke the primary key, and with it every key under it.");
    private final Supplier<Optional<Path>> from =
            pathOption("--from", "FILE", "Take the revocation from this sealed file, without the primary key.");
    private final Supplier<Optional<Path>> output =
            pathOption("--output", "FILE", "Write the revoked certificate here too, to carry it to a server.");
    private final EscrowOptions escrow = escrow();
    private final Supplier<Boolean> dryRun = dryRun();

    public KeyRevokeCommand(Terminal terminal) {
        super(
                terminal,
                "Revokes a key, for good.",
                "",
                "As compromised nothing counts that it ever signed; rpm 4.18 goes on accepting it all, and so does who"
                        + " looks at gpg's exit status alone. For the usual end of a key 'key retire' is enough.");
        examples(
                "  chancery key revoke release --reason compromised --dry-run",
                "  chancery key revoke release --reason compromised --from release.0123456789ABCDEF.compromised.pgp");
    }

    @Override
    public Integer call() {
        var why = RevocationReason.parse(reason.get());
        var office = office();
        var life = office.life(authority());
        var entry = life.entry(cycle.get());
        var event = why.isHard() ? Forecast.Event.COMPROMISED : Forecast.Event.RETIRED;
        if (dryRun.get()) {
            answer(
                    life,
                    entry,
                    "%s is %s; would be revoked as %s%s"
                            .formatted(
                                    life.subject(entry),
                                    life.state(entry).label(),
                                    why.label(),
                                    whole.get() ? ", with its primary key" : ""),
                    Optional.of(event));
            escrowedIsOlder(why).forEach(this::say);
            return ExitStatus.DONE;
        }
        Optional<Bytes> sealed = from.get()
                .map(file -> escrow.escrow(office.office(), terminal(), false).open(file));
        new KeyChange(office, life).revoke(entry, new KeyChange.RevocationWish(why, whole.get(), sealed));
        write(life, entry);
        answer(life, entry, "%s is %s".formatted(life.subject(entry), label(life, entry)));
        if (!isJson() && life.active().isEmpty()) {
            say("%s has no key that signs now".formatted(authority()));
        }
        return ExitStatus.DONE;
    }

    private static String label(KeyLife life, Ledger.Entry entry) {
        return life.state(life.ledger().entry(entry.key()).orElse(entry)).label();
    }

    private void write(KeyLife life, Ledger.Entry entry) {
        output.get().ifPresent(file -> {
            var files = new OutputFiles(true);
            files.write(file, life.certificate(entry.certificate()).armored());
            files.commit();
        });
    }

    /// What the date of a sealed revocation means: it was made at the key's birth, or at its last extension.
    private List<String> escrowedIsOlder(RevocationReason why) {
        boolean soft = from.get().isPresent() && !why.isHard();
        return soft
                ? List.of(
                        "'before' is before the sealed revocation was made: signatures since then count as made after")
                : List.of();
    }
}
