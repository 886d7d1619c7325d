// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import static dev.chancery.cli.remote.ServerOptions.CERTIFICATE_HELP;
import static dev.chancery.cli.remote.ServerOptions.tls;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.command.TimeOption;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.enclave.audit.AuditChain;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.LogPolicy;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.TreeAudit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// `chancery audit compare`.
public final class AuditCompareCommand extends Command {
    /// Findings of each kind that are shown; the others are counted.
    static final int SHOWN_MAX = 1_000;
    /// From the enclave's record to the log's checkpoint: a batch that waits for its witnesses, and a server
    /// that is started again.
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final int DIGITS_MAX = 6;

    private final Supplier<String> place = argument("DIR|URL", "The log: where checkpoint and tile/ are.");
    private final Supplier<List<Path>> files =
            pathArguments("FILE", 0, "Audit chains, one for each enclave of the log. Default: the office's.");
    private final Supplier<Optional<String>> key =
            option("--key", "VKEY|FILE", "The log's verifier key, NAME+ID+KEY, or a file that it stands in.");
    private final Supplier<Optional<String>> authority =
            option("--authority", "NAME", "Only signatures of this authority.");
    private final Supplier<Optional<String>> since =
            option("--since", "TIME", "From this time on: 2026-03-01 or 2026-03-01T12:00:00Z.");
    private final Supplier<Optional<String>> until = option("--until", "TIME", "Before this time.");
    private final Supplier<Optional<String>> grace =
            option("--grace", "SECONDS", "Signatures as young as that are not missed in the log yet. Default: 300.");
    private final Supplier<Optional<Path>> certificate = pathOption("--server-certificate", "FILE", CERTIFICATE_HELP);
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public AuditCompareCommand(Terminal terminal) {
        super(
                terminal,
                "Compares what enclaves have on record with the log: signatures that are not in the log, and entries of"
                        + " the log that are on no record.",
                "",
                "A signature that is missing in the log left past it, or was made and never handed out. An entry"
                        + " without a record was signed by a key that is elsewhere, too, or a record was cut off. The"
                        + " log is proved whole on the way, and the chains are.");
        examples(
                "  chancery audit compare /var/lib/chancery/log /var/lib/chancery/audit.jsonl --key log.vkey",
                "  chancery audit compare https://log.example/log one.jsonl two.jsonl --since 2026-03-01 --json");
    }

    /// What is judged.
    private record Bounds(Optional<Authority> whose, Optional<Instant> from, Instant until, Instant settled) {
        boolean has(Instant time) {
            return from.map(start -> !time.isBefore(start)).orElse(true) && time.isBefore(until);
        }

        boolean has(Optional<Authority> named) {
            return whose.isEmpty() || named.isEmpty() || named.equals(whose);
        }

        Bounds notBefore(Optional<Instant> start) {
            boolean later = start.isPresent()
                    && from.map(before -> before.isBefore(start.get())).orElse(true);
            return later ? new Bounds(whose, start, until, settled) : this;
        }
    }

    /// What was found.
    private static final class Findings {
        private final List<AuditLine> missing = new ArrayList<>();
        private final List<EntryLine> unexplained = new ArrayList<>();
        private long missed;
        private long strange;
        private long compared;
        private long pending;
        private long notJudged;

        boolean none() {
            return missed == 0 && strange == 0;
        }

        void missing(AuditLine line) {
            missed++;
            if (missing.size() < SHOWN_MAX) {
                missing.add(line);
            }
        }

        void unexplained(EntryLine line) {
            strange++;
            if (unexplained.size() < SHOWN_MAX) {
                unexplained.add(line);
            }
        }
    }

    @Override
    public Integer call() {
        var bounds = bounds();
        return LogPlace.use(place.get(), () -> tls(certificate.get(), terminal()), log -> {
            // First the log's end, then the chains, then the entries: whatever the log has by then is on record.
            SignedNote note = log.checkpoint();
            var links = new AuditLinks();
            var explained = bounds.notBefore(readChains(links::record));
            var findings = new Findings();
            try {
                compare(log, note, new Comparison(links, explained, findings));
            } catch (MalformedException | RefusedException e) {
                return brokenLog(log, e.sentence());
            }
            readChains(line -> judge(line, links, bounds, findings));
            return told(log, Checkpoint.parse(note.text()), findings);
        });
    }

    private Bounds bounds() {
        var now = terminal().clock().instant();
        var settled = now.minus(grace.get().map(AuditCompareCommand::seconds).orElse(GRACE));
        return new Bounds(
                authority.get().map(Authority::new),
                since.get().map(TimeOption::parse),
                until.get().map(TimeOption::parse).orElse(Instant.MAX),
                settled);
    }

    private static Duration seconds(String text) {
        if (text.isEmpty() || text.length() > DIGITS_MAX || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new UsageException("grace %s is not a number of seconds".formatted(Quoted.text(text)));
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    /// Reads every chain. Answers where those begin that are only the end of one; before that, nobody can tell.
    private Optional<Instant> readChains(Consumer<AuditLine> consumer) {
        Optional<Instant> begin = Optional.empty();
        for (Path file : chains()) {
            var first = new ArrayList<AuditLine>();
            AuditChain chain = new AuditRecords(terminal(), Optional.of(file)).read(line -> {
                if (first.isEmpty()) {
                    first.add(line);
                }
                consumer.accept(line);
            });
            if (chain.first() > 1 && begin.map(first.getFirst().time()::isAfter).orElse(true)) {
                begin = Optional.of(first.getFirst().time());
            }
        }
        // What was signed within the second of an excerpt's first line may stand before it.
        return begin.map(time -> time.plusSeconds(1));
    }

    private List<Path> chains() {
        if (files.get().stream().anyMatch(file -> file.toString().equals("-"))) {
            throw new UsageException("a chain is read twice, which standard input cannot be");
        }
        return files.get().isEmpty() ? List.of(Office.of(terminal()).auditFile()) : files.get();
    }

    /// Takes in the entries of a log, of which those that do not say their time have that of the one before.
    private static final class Comparison implements TreeAudit.Entries {
        private final AuditLinks links;
        private final Bounds bounds;
        private final Findings findings;
        private Instant time = Instant.EPOCH;

        Comparison(AuditLinks links, Bounds bounds, Findings findings) {
            this.links = links;
            this.bounds = bounds;
            this.findings = findings;
        }

        @Override
        public void take(long index, Bytes leaf) {
            var line = EntryLine.of(index, leaf);
            time = line.time().filter(own -> own.isAfter(time)).orElse(time);
            var bound = line.entry().map(links::log).orElse(AuditLinks.Bound.UNEXPLAINED);
            if (bounds.has(line.time().orElse(time)) && bounds.has(line.authority(Map.of()))) {
                switch (bound) {
                    case RECORDED -> findings.compared++;
                    case NOT_JUDGED -> findings.notJudged++;
                    case UNEXPLAINED -> findings.unexplained(line);
                }
            }
        }
    }

    private void compare(LogPlace log, SignedNote note, Comparison comparison) {
        key.get()
                .map(LogPlace::readKey)
                .ifPresent(signer -> LogPolicy.ofLog(signer).open(note));
        var claimed = Checkpoint.parse(note.text());
        var root = new TreeAudit(log, comparison).run(claimed.size()).root();
        if (!root.equals(claimed.root())) {
            throw new RefusedException(
                    "log-root",
                    "its entries make the root %s, and the checkpoint says %s".formatted(root, claimed.root()));
        }
    }

    private static void judge(AuditLine line, AuditLinks links, Bounds bounds, Findings findings) {
        var granted = AuditLinks.granted(line);
        if (granted.isEmpty() || !bounds.has(line.time()) || !bounds.has(AuditLinks.authority(line))) {
            return;
        }
        if (links.isLogged(granted.get())) {
            return;
        }
        if (AuditLinks.isUnbound(line)) {
            findings.notJudged++;
        } else if (line.time().isAfter(bounds.settled())) {
            findings.pending++;
        } else {
            findings.missing(line);
        }
    }

    private int brokenLog(LogPlace log, String sentence) {
        if (json.get()) {
            print(new JsonFields().put("agreed", false).put("message", sentence));
        } else {
            terminal().out().println("BROKEN  log %s: %s".formatted(log.shown(), sentence));
        }
        return ExitStatus.VERIFICATION_SAYS_NO;
    }

    private int told(LogPlace log, Checkpoint checkpoint, Findings findings) {
        if (json.get()) {
            print(document(checkpoint, findings));
        } else {
            tell(log, findings);
        }
        return findings.none() ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    private void tell(LogPlace log, Findings findings) {
        var out = terminal().out();
        findings.missing.forEach(line -> out.println("MISSING      line " + AuditListCommand.sentence(line)));
        findings.unexplained.forEach(line -> out.println("UNEXPLAINED  entry " + line.sentence(Map.of())));
        out.println("%s  log %s: %d entries are on record, %d are not; %d signatures on record are not in the log"
                .formatted(
                        findings.none() ? "AGREED" : "DIFFERENT",
                        log.shown(),
                        findings.compared,
                        findings.strange,
                        findings.missed));
        if (findings.pending > 0) {
            out.println("%d signatures are younger than the grace, and not missed yet".formatted(findings.pending));
        }
        if (findings.notJudged > 0) {
            out.println("%d lines and entries could not be compared: key events, or bundles of an older chain"
                    .formatted(findings.notJudged));
        }
        if (key.get().isEmpty()) {
            out.println("nobody checked who signed the log: name its key with --key");
        }
    }

    private static JsonFields document(Checkpoint checkpoint, Findings findings) {
        return new JsonFields()
                .put("agreed", findings.none())
                .put("origin", checkpoint.origin())
                .put("size", checkpoint.size())
                .put("compared", findings.compared)
                .put("missing_count", findings.missed)
                .put(
                        "missing",
                        findings.missing.stream().map(AuditListCommand::json).toList())
                .put("unexplained_count", findings.strange)
                .put(
                        "unexplained",
                        findings.unexplained.stream()
                                .map(line -> line.json(Map.of()))
                                .toList())
                .put("pending", findings.pending)
                .put("not_judged", findings.notJudged);
    }

    private void print(JsonFields fields) {
        Json document = fields.toJson();
        terminal().out().print(document.pretty());
    }
}
