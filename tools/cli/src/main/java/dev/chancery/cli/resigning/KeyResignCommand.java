// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.command.TimeOption;
import dev.chancery.cli.records.LogPlace;
import dev.chancery.cli.remote.ServerOptions;
import dev.chancery.cli.remote.ServerRecords;
import dev.chancery.cli.remote.ServerSigner;
import dev.chancery.cli.signatures.AskingCommand;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyId;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.LogPolicy;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.TileTree;
import dev.chancery.tree.TreeAudit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key resign`.
public final class KeyResignCommand extends AskingCommand {
    private static final int PORTION = 100;

    private final Supplier<String> old =
            requiredOption("--key", "ID", "The key whose signatures are made again, by its 64 hex digits.");
    private final Supplier<String> under =
            requiredOption("--under", "ID", "The key that signs instead: of the same authority and format.");
    private final Supplier<Optional<String>> log =
            option("--log", "DIR|URL", "The log, where checkpoint and tile/ are. Default: the server's.");
    private final Supplier<Optional<String>> logKey = option(
            "--log-key",
            "VKEY|FILE",
            "The log's verifier key, NAME+ID+KEY, or a file that it stands in. Only --dry-run does without.");
    private final Supplier<List<Path>> content = pathOptions(
            "--content",
            "DIR",
            "Where artifacts lie, under whatever names; for formats that sign more than a digest. May be given several"
                    + " times.");
    private final Supplier<Optional<Path>> output = pathOption(
            "--output", "DIR", "Write the new signatures there too, as DIR/SHA256/NAME.AUTHORITY.asc, with proofs.");
    private final Supplier<Optional<String>> since =
            option("--since", "TIME", "Only what was signed from this time on: 2026-03-01 or 2026-03-01T12:00:00Z.");
    private final Supplier<Optional<String>> until =
            option("--until", "TIME", "Only what was signed before this time: that of the compromise.");
    private final Supplier<Boolean> dryRun = flag("--dry-run", "Sign nothing; show what would be signed.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyResignCommand(Terminal terminal) {
        super(
                terminal,
                "Signs again, by its successor, whatever a key signed that nobody shall trust any more.",
                "",
                "What it signed is found in the log, which is proved whole on the way. The digests there are enough for"
                        + " raw, cms and sigstore; statements come from the server; OpenPGP and others need the"
                        + " contents. What is signed again already is not signed twice: after a failure the same"
                        + " command goes on.",
                "",
                "Whoever could use the old key by way of the office has what he had it sign signed again: --until"
                        + " ends before that.");
        examples(
                "  chancery key resign --key 0d1f... --under 93ab... --server https://sign.example --dry-run",
                "  chancery key resign --key 0d1f... --under 93ab... --log-key log.vkey --content /srv/pool");
    }

    /// The log's end and what is in it up to there.
    private record Read(LogPlace log, SignedNote note, Checkpoint checkpoint, FoundEntries found) {}

    @Override
    public Integer call() {
        var key = keyId(old.get());
        var successor = keyId(under.get());
        if (key.equals(successor)) {
            throw new UsageException("--key and --under are the same key");
        }
        if (logKey.get().isEmpty() && !dryRun.get()) {
            throw new UsageException("whoever writes the log says what is signed: --log-key names whose log is"
                    + " believed; --dry-run does without");
        }
        var bounds = new Bounds(since.get().map(TimeOption::parse), until.get().map(TimeOption::parse));
        var trusted = logKey.get().map(LogPlace::readKey);
        try (var means = means(PORTION)) {
            return LogPlace.use(place(), () -> ServerOptions.tls(serverCertificate(), terminal()), log -> {
                SignedNote note = log.checkpoint();
                trusted.ifPresent(signer -> LogPolicy.ofLog(signer).open(note));
                var read = read(log, note, new FoundEntries(key, successor, bounds));
                return resign(means, read, new OldSignatures(key, bounds, records(means)));
            });
        }
    }

    private static KeyId keyId(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new HintedException(
                    MalformedException.value("key", text, "is not 64 lower-case hex digits"),
                    "'chancery key list --json' shows them, and 'authority list --json'");
        }
        return new KeyId(text);
    }

    private String place() {
        return log.get()
                .or(() -> serverUrl().map(url -> (url.endsWith("/") ? url : url + "/") + "log"))
                .orElseThrow(() -> new UsageException("--log names the log where no --server does"));
    }

    private static Optional<ServerRecords> records(Means means) {
        return means.signer() instanceof ServerSigner server ? Optional.of(server.records()) : Optional.empty();
    }

    /// Reads the whole log. Throws `RefusedException` (`log-root`) when it is not what its checkpoint says.
    private static Read read(LogPlace log, SignedNote note, FoundEntries found) {
        var checkpoint = Checkpoint.parse(note.text());
        var root = new TreeAudit(log, found).run(checkpoint.size()).root();
        if (!root.equals(checkpoint.root())) {
            throw new RefusedException(
                    "log-root",
                    "the log's entries make the root %s, and its checkpoint says %s"
                            .formatted(root, checkpoint.root()));
        }
        return new Read(log, note, checkpoint, found);
    }

    private int resign(Means means, Read read, OldSignatures signatures) {
        List<OldSignature> all = signatures.of(read.found());
        var contents = new Contents(terminal(), means.hashes());
        contents.find(content.get(), all);
        var resigning =
                new Resigning(terminal(), means, keyId(under.get()), new Resigning.Sources(contents, records(means)));
        Optional<Outputs> outputs = output.get()
                .map(folder -> new Outputs(
                        folder,
                        means.formats(),
                        new Outputs.Proofs(new TileTree(read.checkpoint().size(), read.log()), read.note()),
                        receipts()));
        var report = new Report(terminal(), json.get());
        var ready = new ArrayList<OldSignature>();
        for (OldSignature one : all) {
            var hindrance = resigning.hindrance(one);
            if (one.successor().isPresent()) {
                report.add(resigning.already(one, one.successor().get(), dryRun.get() ? Optional.empty() : outputs));
            } else if (hindrance.isPresent()) {
                report.add(Outcome.left(one, hindrance.get()));
            } else if (dryRun.get()) {
                report.add(new Outcome(one, Outcome.Kind.WOULD, Optional.empty(), Optional.empty()));
            } else {
                ready.add(one);
            }
        }
        resigning.sign(ready, outputs, report::add);
        report.end(head(read), logKey.get().isPresent(), read.found().unknown());
        return report.left() == 0 ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    private JsonFields head(Read read) {
        return new JsonFields()
                .put("key", old.get())
                .put("under", under.get())
                .put("log", read.checkpoint().origin())
                .put("size", read.checkpoint().size())
                .put("root", read.checkpoint().root().toString())
                .put("log_signed", logKey.get().isPresent())
                .put("unknown_entries", read.found().unknown());
    }
}
