// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import static dev.chancery.cli.remote.ServerOptions.CERTIFICATE_HELP;
import static dev.chancery.cli.remote.ServerOptions.tls;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyId;
import dev.chancery.log.LogPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `chancery log monitor`.
public final class LogMonitorCommand extends Command {
    /// Between two looks, where nothing else is said.
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    /// Digits of an interval: 9,999 hours are more than a year.
    private static final int DIGITS_MAX = 4;

    private final Supplier<String> place = argument("DIR|URL", "Where checkpoint and tile/ are.");
    private final Supplier<Optional<String>> key =
            option("--key", "VKEY|FILE", "The log's verifier key, NAME+ID+KEY, or a file that it stands in.");
    private final Supplier<Optional<Path>> policyFile = pathOption(
            "--policy", "FILE", "Instead of --key: a policy, whose witnesses must have cosigned each checkpoint.");
    private final Supplier<List<String>> authorities = options(
            "--authority", "NAME", "Show only new entries of this authority, and those of which nobody can tell.");
    private final Supplier<Optional<Path>> keyring = pathOption(
            "--keyring", "DIR", "Public keys, which tell whose an entry is that has only a key (sigstore, statement).");
    private final Supplier<Optional<Path>> state =
            pathOption("--state", "FILE", "Where to remember the last checkpoint; evidence is kept beside it.");
    private final Supplier<Boolean> once = flag("--once", "Look once and end.");
    private final Supplier<Optional<String>> interval =
            option("--interval", "TIME", "Between two looks: 60s, 5m or 1h. Default: 60s.");
    private final Supplier<Optional<Path>> certificate = pathOption("--server-certificate", "FILE", CERTIFICATE_HELP);
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON, one line for each entry and each look.");

    public LogMonitorCommand(Terminal terminal) {
        super(
                terminal,
                "Follows a transparency log: shows its new entries, and ends with status 1 when the log does not"
                        + " continue what it was.",
                "",
                "A log that shows fewer entries, other entries, or another tree than before has broken its promise;"
                        + " both checkpoints, which the log has signed, are kept as evidence beside the state. A log"
                        + " that cannot be read is no finding: with --once the status is 5, else it is read later.");
        examples(
                "  chancery log monitor https://log.example/log --key log.vkey --state log.state --once",
                "  chancery log monitor https://log.example/log --policy log.policy --authority release --json");
    }

    /// What is watched, and what is known of it.
    private record Watch(LogPolicy policy, LogMemory memory, Map<KeyId, Authority> owners, Set<Authority> wanted) {
        /// Of what nobody can tell whose it is, everybody is told.
        boolean isWanted(EntryLine line) {
            return wanted.isEmpty()
                    || line.authority(owners).map(wanted::contains).orElse(true);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var watch = watch();
        var pause = interval.get().map(LogMonitorCommand::duration).orElse(INTERVAL);
        if (once.get()) {
            return look(watch);
        }
        int status = ExitStatus.DONE;
        while (status == ExitStatus.DONE) {
            status = lookOrComplain(watch);
            if (status == ExitStatus.DONE) {
                Thread.sleep(pause);
            }
        }
        return status;
    }

    private Watch watch() {
        var policy = policy();
        var owners = keyring.get()
                .map(directory -> new KeyringDirectory(
                                directory, Wiring.ofLibraries().formats())
                        .read()
                        .owners())
                .orElse(Map.of());
        var wanted = authorities.get().stream().map(Authority::new).collect(Collectors.toSet());
        return new Watch(policy, LogMemory.open(state.get(), policy), owners, wanted);
    }

    private LogPolicy policy() {
        if (key.get().isPresent() == policyFile.get().isPresent()) {
            throw new UsageException("say whose log it is: either --key or --policy");
        }
        return key.get()
                .map(text -> LogPolicy.ofLog(LogPlace.readKey(text)))
                .orElseGet(() -> LogPolicy.parse(
                        InputFiles.read("log policy", policyFile.get().orElseThrow(), LogPolicy.BYTES_MAX)));
    }

    private static Duration duration(String text) {
        int last = text.length() - 1;
        boolean number = last > 0
                && last <= DIGITS_MAX
                && text.substring(0, last).chars().allMatch(c -> c >= '0' && c <= '9');
        long amount = number ? Long.parseLong(text.substring(0, last)) : 0;
        char unit = number && amount > 0 ? text.charAt(last) : '?';
        return switch (unit) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> throw new UsageException("interval %s is not like 60s, 5m or 1h".formatted(Quoted.text(text)));
        };
    }

    private int lookOrComplain(Watch watch) {
        try {
            return look(watch);
        } catch (UnavailableException e) {
            terminal().err().println("chancery: " + Shown.plain(e.sentence()));
            return ExitStatus.DONE;
        }
    }

    private int look(Watch watch) {
        return LogPlace.use(place.get(), () -> tls(certificate.get(), terminal()), log -> {
            if (lookAt(log, watch) instanceof LogFollower.Seen.Whole) {
                return ExitStatus.DONE;
            }
            // A web server may have had its files half replaced: only what is found twice is told.
            return switch (lookAt(log, watch)) {
                case LogFollower.Seen.Whole whole -> ExitStatus.DONE;
                case LogFollower.Seen.Broken broken -> broken(log, watch.memory(), broken);
            };
        });
    }

    /// Shows what is new, once all of it is proved, and remembers it then: who is killed in between is shown
    /// it again.
    private LogFollower.Seen lookAt(LogPlace log, Watch watch) {
        try (var lines = new Spool()) {
            var seen = new LogFollower(log, watch.policy()).look(watch.memory().last(), (index, leaf) -> {
                var line = EntryLine.of(index, leaf);
                if (watch.isWanted(line)) {
                    lines.line(json.get() ? line.json(watch.owners()).line() : line.sentence(watch.owners()));
                }
            });
            if (seen instanceof LogFollower.Seen.Whole whole) {
                lines.showOn(terminal().out());
                terminal().out().println(json.get() ? document(whole).line() : sentence(log, whole));
                terminal().out().flush();
                watch.memory().remember(whole.note());
            }
            return seen;
        }
    }

    private static String sentence(LogPlace log, LogFollower.Seen.Whole whole) {
        var checkpoint = whole.checkpoint();
        return "CONSISTENT  log %s: %d entries of %s, %d of them new"
                .formatted(
                        log.shown(),
                        checkpoint.size(),
                        Shown.plain(checkpoint.origin()),
                        checkpoint.size() - whole.before());
    }

    private static Json document(LogFollower.Seen.Whole whole) {
        var checkpoint = whole.checkpoint();
        return new JsonFields()
                .put("consistent", true)
                .put("origin", checkpoint.origin())
                .put("size", checkpoint.size())
                .put("root", checkpoint.root().toString())
                .put("new", checkpoint.size() - whole.before())
                .toJson();
    }

    private int broken(LogPlace log, LogMemory memory, LogFollower.Seen.Broken broken) {
        var evidence = memory.keepEvidence(broken, terminal().clock().instant());
        if (json.get()) {
            var fields = new JsonFields().put("consistent", false).put("message", broken.sentence());
            evidence.ifPresent(file -> fields.put("evidence", file.toString()));
            terminal().out().println(fields.toJson().line());
        } else {
            terminal().out().println("INCONSISTENT  log %s: %s".formatted(log.shown(), broken.sentence()));
            evidence.ifPresent(file -> terminal().out().println("evidence in " + Shown.plain(file)));
        }
        terminal().out().flush();
        return ExitStatus.VERIFICATION_SAYS_NO;
    }
}
