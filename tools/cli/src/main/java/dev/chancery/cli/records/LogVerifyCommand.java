// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import static dev.chancery.cli.remote.ServerOptions.CERTIFICATE_HELP;
import static dev.chancery.cli.remote.ServerOptions.tls;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.json.JsonFields;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.LogPolicy;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import dev.chancery.tree.TreeAudit;
import dev.chancery.tree.TreeHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery log verify`.
public final class LogVerifyCommand extends Command {
    private final Supplier<String> place = argument("DIR|URL", "Where checkpoint and tile/ are.");
    private final Supplier<Optional<String>> key =
            option("--key", "VKEY|FILE", "The log's verifier key, NAME+ID+KEY, or a file that it stands in.");
    private final Supplier<Optional<Path>> certificate = pathOption("--server-certificate", "FILE", CERTIFICATE_HELP);
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public LogVerifyCommand(Terminal terminal) {
        super(
                terminal,
                "Builds a transparency log again from its entries, and proves that every tile and the root of its"
                        + " checkpoint are what the entries make them, or says where it breaks.",
                "",
                "Any log in the form of C2SP tlog-tiles, in a folder or behind a URL. Without --key nobody checked who"
                        + " signed the checkpoint.");
        examples(
                "  chancery log verify /var/lib/chancery/log --key log.vkey",
                "  chancery log verify https://log.example/log --key log.example+530d903a+AekyeRrm56hApGFkyQR4ZC...");
    }

    @Override
    public Integer call() {
        var trusted = key.get().map(LogPlace::readKey);
        return LogPlace.use(place.get(), () -> tls(certificate.get(), terminal()), log -> verify(log, trusted));
    }

    private int verify(LogPlace log, Optional<VerifierKey> trusted) {
        SignedNote note = log.checkpoint();
        Checkpoint claimed = Checkpoint.parse(note.text());
        try {
            trusted.ifPresent(signer -> requireSigned(note, signer));
            TreeHash root =
                    new TreeAudit(log, (index, entry) -> {}).run(claimed.size()).root();
            return root.equals(claimed.root())
                    ? whole(log, claimed, trusted)
                    : broken(
                            log,
                            "its entries make the root %s, and the checkpoint says %s".formatted(root, claimed.root()));
        } catch (MalformedException | RefusedException e) {
            return broken(log, e.sentence());
        }
    }

    private static void requireSigned(SignedNote note, VerifierKey signer) {
        if (note.open(List.of(signer)).signers().isEmpty()) {
            throw new RefusedException(
                    "log-key",
                    "the key of %s did not sign its checkpoint"
                            .formatted(Quoted.text(signer.name().text())));
        }
        LogPolicy.ofLog(signer).open(note);
    }

    private int whole(LogPlace log, Checkpoint checkpoint, Optional<VerifierKey> signer) {
        if (json.get()) {
            print(new JsonFields()
                    .put("whole", true)
                    .put("origin", checkpoint.origin())
                    .put("size", checkpoint.size())
                    .put("root", checkpoint.root().toString())
                    .put("signed", signer.isPresent()));
        } else {
            String word =
                    signer.isPresent() ? "signed by its key" : "nobody checked who signed it: name its key with --key";
            terminal()
                    .out()
                    .println("WHOLE  log %s: %d entries of %s%nroot %s%n%s"
                            .formatted(
                                    log.shown(),
                                    checkpoint.size(),
                                    Shown.plain(checkpoint.origin()),
                                    checkpoint.root(),
                                    word));
        }
        return ExitStatus.DONE;
    }

    private int broken(LogPlace log, String sentence) {
        if (json.get()) {
            print(new JsonFields().put("whole", false).put("message", sentence));
        } else {
            terminal().out().println("BROKEN  log %s: %s".formatted(log.shown(), sentence));
        }
        return ExitStatus.VERIFICATION_SAYS_NO;
    }

    private void print(JsonFields fields) {
        terminal().out().print(fields.toJson().pretty());
    }
}
