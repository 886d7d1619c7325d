// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.enclave.audit.AuditChain;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.json.JsonFields;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery audit verify`.
public final class AuditVerifyCommand extends Command {
    private final Supplier<Optional<Path>> file =
            optionalPathArgument("FILE", "A chain or an excerpt of one; - for standard input. Default: the office's.");
    private final Supplier<Optional<String>> head =
            option("--head", "SEQUENCE:SHA256", "Demand that this line is in it: the head that was printed before.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public AuditVerifyCommand(Terminal terminal) {
        super(
                terminal,
                "Proves that no line of the audit chain was changed, dropped or moved, or says where it breaks.",
                "",
                "Without --head the end may have been cut off: keep the head that is printed in another place.");
        examples("  chancery audit verify", "  journalctl -o cat -u chancery-enclave | chancery audit verify -");
    }

    @Override
    public Integer call() {
        var expected = head.get().map(AuditVerifyCommand::head);
        var records = new AuditRecords(terminal(), file.get());
        var search = new Search(expected);
        try {
            var chain = records.read(search::take);
            var last = chain.head().orElse(AuditChain.Head.START);
            return search.found ? whole(records, chain, last) : broken(search.sentence(records, last));
        } catch (MalformedException e) {
            return broken(e.sentence());
        }
    }

    /// Looks for one line.
    private static final class Search {
        private final Optional<AuditChain.Head> expected;
        private boolean found;

        Search(Optional<AuditChain.Head> expected) {
            this.expected = expected;
            this.found = expected.isEmpty() || expected.get().equals(AuditChain.Head.START);
        }

        void take(AuditLine line) {
            found |= expected.isPresent()
                    && expected.get().equals(new AuditChain.Head(line.sequence(), AuditLine.hash(line.write())));
        }

        String sentence(AuditRecords records, AuditChain.Head last) {
            return "audit file %s does not have line %s, and ends with %s: it was cut off or begun anew"
                    .formatted(records.shown(), expected.orElseThrow(), last);
        }
    }

    private int whole(AuditRecords records, AuditChain chain, AuditChain.Head last) {
        if (json.get()) {
            print(new JsonFields()
                    .put("whole", true)
                    .put("lines", chain.lines())
                    .put("first", chain.first())
                    .put("head", last.toString()));
        } else {
            terminal()
                    .out()
                    .println("WHOLE  audit file %s: %d lines from %d on%nhead %s"
                            .formatted(records.shown(), chain.lines(), chain.first(), last));
        }
        return ExitStatus.DONE;
    }

    private int broken(String sentence) {
        if (json.get()) {
            print(new JsonFields().put("whole", false).put("message", sentence));
        } else {
            terminal().out().println("BROKEN  " + sentence);
        }
        return ExitStatus.VERIFICATION_SAYS_NO;
    }

    private void print(JsonFields fields) {
        terminal().out().print(fields.toJson().pretty());
    }

    private static AuditChain.Head head(String text) {
        int colon = text.indexOf(':');
        try {
            long sequence = Long.parseLong(text.substring(0, Math.max(0, colon)));
            return new AuditChain.Head(sequence, Digest.parse(DigestAlgorithm.SHA256, text.substring(colon + 1)));
        } catch (NumberFormatException | MalformedException e) {
            throw new UsageException("head %s is not SEQUENCE:SHA256".formatted(Quoted.text(text)));
        }
    }
}
