// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.command.TimeOption;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.enclave.audit.Decision;
import dev.chancery.enclave.audit.Recovery;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery audit list`.
public final class AuditListCommand extends Command {
    private final Supplier<Optional<Path>> file =
            optionalPathArgument("FILE", "A chain or an excerpt of one; - for standard input. Default: the office's.");
    private final Supplier<Optional<String>> authority =
            option("--authority", "NAME", "Only what this authority was asked for.");
    private final Supplier<Optional<String>> key = option("--key", "ID", "Only what this key signed, by its full ID.");
    private final Supplier<Optional<String>> digest =
            option("--digest", "HEX", "Only content with this digest, whether it was signed or only claimed.");
    private final Supplier<Optional<String>> since =
            option("--since", "TIME", "From this time on: 2026-03-01 or 2026-03-01T12:00:00Z.");
    private final Supplier<Optional<String>> until = option("--until", "TIME", "Before this time.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON: the lines as they stand there.");

    public AuditListCommand(Terminal terminal) {
        super(
                terminal,
                "Lists what the engine decided. The chain is proved on the way: no answer comes from a broken one.");
        examples("  chancery audit list --authority release --since 2026-03-01 --until 2026-04-01");
    }

    @Override
    public Integer call() {
        var from = since.get().map(TimeOption::parse);
        var to = until.get().map(TimeOption::parse);
        var whose = authority.get().map(Authority::new);
        var lines = new ArrayList<AuditLine>();
        new AuditRecords(terminal(), file.get()).read(line -> {
            boolean within = from.map(time -> !line.time().isBefore(time)).orElse(true)
                    && to.map(line.time()::isBefore).orElse(true);
            if (within && isAsked(line, whose)) {
                lines.add(line);
            }
        });
        print(lines);
        return ExitStatus.DONE;
    }

    private boolean isAsked(AuditLine line, Optional<Authority> whose) {
        if (!(line.event() instanceof Decision decision)) {
            return whose.isEmpty() && key.get().isEmpty() && digest.get().isEmpty();
        }
        var content = decision.asked().content();
        return whose.map(decision.asked().authority()::equals).orElse(true)
                && key.get()
                        .map(id -> decision.answer() instanceof Decision.Answer.Granted granted
                                && granted.key().hex().equals(id))
                        .orElse(true)
                && digest.get()
                        .map(hex -> content.digests().values().stream()
                                        .anyMatch(known -> known.hex().equals(hex))
                                || content.claimed().values().stream()
                                        .anyMatch(known -> known.hex().equals(hex)))
                        .orElse(true);
    }

    private void print(List<AuditLine> lines) {
        if (json.get()) {
            var tree = lines.stream().map(AuditListCommand::json).toList();
            terminal().out().print(new JsonFields().put("lines", tree).toJson().pretty());
        } else {
            lines.forEach(line -> terminal().out().println(sentence(line)));
        }
    }

    static Json json(AuditLine line) {
        Bytes bytes = line.write();
        return Json.parse(bytes, "audit line", AuditLine.BYTES_MAX).json();
    }

    static String sentence(AuditLine line) {
        String start = "%d  %s  ".formatted(line.sequence(), line.time());
        return start
                + switch (line.event()) {
                    case Recovery recovery -> "an unfinished line of %d bytes was removed".formatted(recovery.cut());
                    case Decision decision -> sentence(decision);
                };
    }

    private static String sentence(Decision decision) {
        var asked = decision.asked();
        String what = "%s  %s %s  %s"
                .formatted(
                        decision.requester(),
                        asked.authority(),
                        asked.format(),
                        Shown.plain(asked.content().name().text()));
        return what
                + switch (decision.answer()) {
                    case Decision.Answer.Granted granted ->
                        "  granted  key %s".formatted(granted.key().abbreviated());
                    case Decision.Answer.Refused refused ->
                        "  refused (%s): %s".formatted(Shown.plain(refused.rule()), Shown.plain(refused.reason()));
                    case Decision.Answer.Malformed malformed -> "  malformed: " + Shown.plain(malformed.reason());
                    case Decision.Answer.Unavailable unavailable ->
                        "  unavailable: " + Shown.plain(unavailable.reason());
                };
    }
}
